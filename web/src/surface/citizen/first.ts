// Runs from inside the page, before anything has been fetched: the alarm, the way out, the
// language and the theme. The bundle finds the same `Caller` at `window.waylight` and goes on.

import { hold } from '../../alarm/hold';
import { Caller, type Pressed } from '../../alarm/raise';
import { KEEP, read } from '../../kernel/keep';
import { leave, listenForShift } from '../../leave/leave';

declare const FIRST_WORDS: Record<'ko' | 'en', Record<string, string>>;

export interface First {
  caller: Caller;
  /** What the page knows that should travel with a press; set by the bundle. */
  context: () => Pressed;
  /** The bundle shows the alarm itself from now on. */
  shown: boolean;
  draw: () => void;
}

declare global {
  interface Window {
    waylight?: First;
  }
}

const html = document.documentElement;
const chosen = read<'ko' | 'en'>('phone', KEEP.language);
html.lang = chosen ?? (navigator.language.startsWith('ko') ? 'ko' : 'en');
const theme = read<string>('phone', KEEP.theme);
const hour = new Date().getHours();
html.dataset['theme'] = theme ?? (hour >= 6 && hour < 18 ? 'day' : 'night');

listenForShift();
const first: First = { caller: new Caller(), context: () => ({}), shown: false, draw };
window.waylight = first;

function word(key: string): string {
  return FIRST_WORDS[html.lang === 'en' ? 'en' : 'ko'][key] ?? key;
}

function put(id: string, text: string): void {
  const element = document.getElementById(id);
  if (element && element.textContent !== text) element.textContent = text;
}

function draw(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-word]')) {
    element.textContent = word(element.dataset['word'] ?? '');
  }
  const panel = document.getElementById('alarm-now');
  const call = first.caller.call;
  if (!panel) return;
  panel.hidden = first.shown || call === null;
  if (!call) return;
  put('alarm-reach', word(`first-${call.reach}`));
  put('alarm-person', call.alarm?.seen_at ? word('first-seen') : call.reach === 'sent' ? word('first-waiting') : word('first-retrying'));
}

function ready(): void {
  const button = document.getElementById('alarm');
  if (button) {
    hold(button, {
      onFire: () => {
        put('alarm-hint', '');
        first.caller.press(first.context());
      },
      onShort: () => put('alarm-hint', word('first-hint')),
    });
  }
  document.getElementById('leave')?.addEventListener('click', leave);
  addEventListener('speak', draw);
  first.caller.subscribe(draw);
  draw();
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready);
else ready();
// A page brought back from the browser's memory after leaving shows nothing old.
addEventListener('pageshow', (event) => {
  if (event.persisted && document.getElementById('cover')) location.reload();
});
