import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

// The seal and its libraries weigh more than the whole of the citizen's first load. They may be
// loaded only when somebody begins a report or opens a mailbox: by `import()`, never by `import`.
// So no page's entry may come to one of the libraries by `import` alone, by whatever way.

const src = resolve(import.meta.dirname, '..');
const here = import.meta.dirname;
/** Matching is arithmetic like the seal, and as quiet. */
const matching = resolve(here, '../matching');
const LIBRARIES = /^(@hpke\/|@noble\/|@scure\/|hash-wasm|shamir-secret-sharing)/;

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(name) && !name.endsWith('.test.ts') ? [path] : [];
  });
}

/** What a file imports at once; an import of types alone is none. */
const imports = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:([^'"();]*)\sfrom\s+)?['"]([^'"]+)['"]/gm)]
    .filter(([, names = 'all']) => !/^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names.trim()))
    .map((found) => found[2] ?? '');

function fileOf(from: string, at: string): string | null {
  const path = resolve(dirname(at), from);
  return [path, `${path}.ts`].find((one) => /\.(svelte|ts)$/.test(one) && existsSync(one)) ?? null;
}

/** How an entry comes to a library, each with its way; none if only by `import()`. */
function waysToLibraries(entry: string): string[] {
  const way = new Map([[entry, entry.slice(src.length + 1)]]);
  const found: string[] = [];
  for (const [file, so] of way) {
    for (const from of imports(file)) {
      if (LIBRARIES.test(from)) found.push(`${so} > ${from}`);
      const next = from.startsWith('.') ? fileOf(from, file) : null;
      if (next && !way.has(next)) way.set(next, `${so} > ${next.slice(src.length + 1)}`);
    }
  }
  return found;
}

describe('the seal stays out of the first load', () => {
  const entries = sources(join(src, 'surface')).filter((file) => file.endsWith('/main.ts'));

  test('no page comes to its libraries at once', () => {
    expect(entries.length).toBeGreaterThan(5);
    expect(entries.flatMap(waysToLibraries)).toEqual([]);
  });

  test('and where a page does, it is seen', () => {
    expect(waysToLibraries(join(src, 'onestop/hers.ts')).some((way) => way.includes('@hpke/core'))).toBe(true);
  });

  test('its own modules keep nothing, send nothing and say nothing', () => {
    for (const file of [...sources(here), ...sources(matching)]) {
      const text = readFileSync(file, 'utf8');
      for (const word of ['localStorage', 'sessionStorage', 'indexedDB', 'console.', 'fetch(', 'location.', 'Math.random', 'Date.now', 'document.']) {
        expect(text.includes(word), `${file}: ${word}`).toBe(false);
      }
    }
  });
});
