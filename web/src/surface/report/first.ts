// Runs from inside the page, before anything has been fetched: the way out, the language and the
// theme; and what keeps this page out of sight once nobody looks at it.

import { KEEP, read } from '../../kernel/keep';
import { leave, listenForShift } from '../../leave/leave';

declare const FIRST_WORDS: Record<'ko' | 'en', Record<string, string>>;

const html = document.documentElement;
html.lang = read<'ko' | 'en'>('phone', KEEP.language) ?? (navigator.language.startsWith('ko') ? 'ko' : 'en');
const hour = new Date().getHours();
html.dataset['theme'] = read<string>('phone', KEEP.theme) ?? (hour >= 6 && hour < 18 ? 'day' : 'night');

listenForShift();
// The bar, the list of tabs closed last and "back" show the plain start page, which is what opens
// when somebody goes there. The browser's history may still hold the address once.
history.replaceState(null, '', '/');

function draw(): void {
  const words = FIRST_WORDS[html.lang === 'en' ? 'en' : 'ko'];
  for (const element of document.querySelectorAll<HTMLElement>('[data-word]')) {
    element.textContent = words[element.dataset['word'] ?? ''] ?? '';
  }
  document.title = words['first-city-services'] ?? '';
}

/** Among the open apps a phone shows a small picture of each page: of this one, a white sheet. */
function veil(): void {
  const there = document.getElementById('veil');
  if (document.visibilityState === 'visible') there?.remove();
  else if (!there) {
    const sheet = document.createElement('div');
    sheet.id = 'veil';
    document.body.append(sheet);
  }
}

function ready(): void {
  document.getElementById('leave')?.addEventListener('click', () => leave());
  addEventListener('speak', draw);
  document.addEventListener('visibilitychange', veil);
  draw();
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready);
else ready();
// Left by whatever way, the page is emptied: browsers keep pages to show them again on "back".
addEventListener('pagehide', () => document.body.replaceChildren());
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
