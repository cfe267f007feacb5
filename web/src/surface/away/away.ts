// The page people leave to: today's date and this month, nothing else, and nothing invented.

import { forgetCache } from '../../leave/forget';

const now = new Date();
const language = navigator.language || 'ko';
document.documentElement.lang = language.startsWith('ko') ? 'ko' : 'en';
const say = (options: Intl.DateTimeFormatOptions, at = now) => new Intl.DateTimeFormat(language, options).format(at);
const put = (id: string, text: string) => {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
};

document.title = say({ month: 'long', day: 'numeric' });
put('weekday', say({ weekday: 'long' }));
put('day', say({ month: 'long', day: 'numeric' }));
put('month', say({ year: 'numeric', month: 'long' }));

const table = document.getElementById('days');
if (table) {
  const head = document.createElement('tr');
  for (let day = 0; day < 7; day += 1) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    // 4 January 1970 was a Sunday.
    cell.textContent = say({ weekday: 'short', timeZone: 'UTC' }, new Date(Date.UTC(1970, 0, 4 + day)));
    head.append(cell);
  }
  table.append(head);
  const first = new Date(now.getFullYear(), now.getMonth(), 1).getDay();
  const last = new Date(now.getFullYear(), now.getMonth() + 1, 0).getDate();
  for (let start = 1 - first; start <= last; start += 7) {
    const row = document.createElement('tr');
    for (let day = start; day < start + 7; day += 1) {
      const cell = document.createElement('td');
      cell.textContent = day >= 1 && day <= last ? String(day) : '';
      if (day === now.getDate()) cell.setAttribute('aria-current', 'date');
      row.append(cell);
    }
    table.append(row);
  }
}

// Last, and after the page is there: leaving waits for nothing.
forgetCache();
