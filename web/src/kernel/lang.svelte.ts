// The two languages. One source of texts for screens and server: `lang/<language>/<word>.ftl`.

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Bilingual } from '../wire';
import { KEEP, read, write } from './keep';

export type Tongue = 'ko' | 'en';

const bundles: Record<Tongue, FluentBundle> = {
  ko: new FluentBundle('ko', { useIsolating: false }),
  en: new FluentBundle('en', { useIsolating: false }),
};

function first(): Tongue {
  const chosen = read<Tongue>('phone', KEEP.language);
  if (chosen === 'ko' || chosen === 'en') return chosen;
  return typeof navigator !== 'undefined' && !navigator.language.startsWith('ko') ? 'en' : 'ko';
}

let tongue = $state<Tongue>(first());

/** Adds catalogues; keys of `texts` are paths that contain `/ko/` or `/en/`. */
export function addWords(texts: Record<string, string>): void {
  for (const [path, text] of Object.entries(texts)) {
    const which: Tongue = path.includes('/en/') ? 'en' : 'ko';
    bundles[which].addResource(new FluentResource(text), { allowOverrides: true });
  }
  if (typeof document !== 'undefined') document.documentElement.lang = tongue;
}

export function language(): Tongue {
  return tongue;
}

export function speak(which: Tongue): void {
  tongue = which;
  write('phone', KEEP.language, which);
  document.documentElement.lang = which;
  dispatchEvent(new CustomEvent('speak', { detail: which }));
}

/** Whether the catalogues know this key. */
export function knows(key: string): boolean {
  return bundles[tongue].hasMessage(key);
}

/** The text of a key. An unknown key shows itself, so that a test sees it. */
export function t(key: string, values?: Record<string, FluentVariable>): string {
  return inTongue(tongue, key, values);
}

/** The same in a language that is not the reader's here: what is written to somebody else. */
export function inTongue(which: Tongue, key: string, values?: Record<string, FluentVariable>): string {
  const bundle = bundles[which];
  const message = bundle.getMessage(key);
  if (!message?.value) return `⟦${key}⟧`;
  return bundle.formatPattern(message.value, values ?? null, []);
}

/** A code of the server (`escort.offer-lapsed`) in her language, if the catalogues have it. */
export function told(code: string): string | null {
  const key = code.replaceAll('.', '-').replaceAll('_', '-');
  return knows(key) ? t(key) : null;
}

/** The half of a bilingual name she reads, or the other one if it is missing. */
export function named(name: Bilingual): string {
  return (tongue === 'ko' ? name.ko || name.en : name.en || name.ko) || '';
}
