import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

// The seal and its libraries weigh more than the whole of the citizen's first load. They may be
// loaded only when somebody begins a report or opens a mailbox: by `import()`, never by `import`.
// What is made of it for the one-stop pages stands in `onestop/`, and is held to the same.

const src = resolve(import.meta.dirname, '..');
const here = import.meta.dirname;
const onestop = resolve(here, '../onestop');
/** What finds two who name the same person is loaded when somebody leaves an entry. */
const matching = resolve(here, '../matching');
/** Of `onestop/`, what has no seal in it. */
const LIGHT = /\/(wire|content|answers)(\.ts)?$/;
const LIBRARIES = /^(@hpke\/|@noble\/|@scure\/|hash-wasm|shamir-secret-sharing)/;

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(name) && !name.endsWith('.test.ts') ? [path] : [];
  });
}

const imports = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:[^'"();]*\sfrom\s+)?['"]([^'"]+)['"]/gm)].map((found) => found[1] ?? '');

describe('the seal stays out of the first load', () => {
  test('nothing outside it imports it or its libraries at once', () => {
    const heavy = (path: string) => path.startsWith(here) || path.startsWith(matching) || (path.startsWith(onestop) && !LIGHT.test(path));
    const outside = sources(src).filter((file) => !heavy(file));
    expect(outside.length).toBeGreaterThan(50);
    const early = outside.flatMap((file) =>
      imports(file).filter((from) => LIBRARIES.test(from) || (from.startsWith('.') && heavy(resolve(dirname(file), from)))).map((from) => `${file}: ${from}`));
    expect(early).toEqual([]);
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
