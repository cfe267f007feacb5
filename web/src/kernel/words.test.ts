import { FluentBundle, FluentResource } from '@fluent/bundle';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const lang = resolve(import.meta.dirname, '../../../lang');
const src = resolve(import.meta.dirname, '..');

function keys(language: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(join(lang, language)).filter((name) => name.endsWith('.ftl'))) {
    const resource = new FluentResource(readFileSync(join(lang, language, file), 'utf8'));
    const bundle = new FluentBundle(language);
    const errors = bundle.addResource(resource);
    expect(errors, file).toEqual([]);
    for (const entry of resource.body) found.set(entry.id, file);
  }
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(name) && !name.endsWith('.test.ts') ? [path] : [];
  });
}

const ko = keys('ko');
const en = keys('en');

describe('the catalogues', () => {
  test('say the same in both languages', () => {
    expect([...en.keys()].filter((key) => !ko.has(key))).toEqual([]);
    expect([...ko.keys()].filter((key) => !en.has(key))).toEqual([]);
  });

  test('know every text the screens ask for', () => {
    const missing: string[] = [];
    let asked = 0;
    for (const file of sources(src)) {
      const text = readFileSync(file, 'utf8');
      for (const [, key] of text.matchAll(/\b(?:t|word)\('([a-z0-9-]+)'/g)) {
        asked += 1;
        if (key && !ko.has(key)) missing.push(`${file}: ${key}`);
      }
      // Keys made of a fixed beginning: at least one message must begin so.
      for (const [, start] of text.matchAll(/\bt\(`([a-z0-9-]+-)\$\{/g)) {
        asked += 1;
        if (start && ![...ko.keys()].some((key) => key.startsWith(start))) missing.push(`${file}: ${start}…`);
      }
    }
    expect(asked).toBeGreaterThan(200);
    expect(missing).toEqual([]);
  });

  test('never call a route or a place safe', () => {
    for (const [language, word] of [['en', /\bsafe(ly|st|r)?\b/i], ['ko', /안전한 (길|곳)/]] as const) {
      for (const file of ['route.ftl', 'citizen.ftl', 'stage.ftl']) {
        // A team that does not *feel* safe may say so: that is about people, not about a way.
        const text = readFileSync(join(lang, language, file), 'utf8').replace(/^stage-decline-.*$/gm, '');
        expect(word.test(text), `${language}/${file}`).toBe(false);
      }
    }
  });
});
