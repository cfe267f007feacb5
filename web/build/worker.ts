// Builds the service workers after the pages, each with the list of what must open without a network:
// the citizen's page with all it needs (not the map) and the page people leave to; and, for a device
// that has a visit prepared, the caseworker's page.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

const root = resolve(import.meta.dirname, '..');

/** What comes later than the rest, and only for those who look at it: the map and the typeface. */
const LATER = /atlas|maplibre|letters(\.ts|-|$)/i;

interface Wanted {
  /** All it may ever load, with what runs in a worker; else what it opens with. */
  all?: boolean;
  /** With what comes later, too. */
  later?: boolean;
}

/** Files of a page. */
function needed(bundle: Rolldown.OutputBundle, page: string, { all = false, later: withLater = false }: Wanted = {}): string[] {
  const files = new Set<string>();
  const visit = (name: string) => {
    if (files.has(name)) return;
    const part = bundle[name];
    if (!part) return;
    files.add(name);
    if (part.type !== 'chunk') return;
    for (const next of part.imports) visit(next);
    for (const style of part.viteMetadata?.importedCss ?? []) files.add(style);
    // What is loaded later belongs to the page too, except the map and the fonts. A script that
    // runs in a worker is named in the text of the one that starts it, and nowhere else.
    if (all) for (const name of Object.keys(bundle)) if (name.endsWith('.js') && part.code.includes(`/${name}`)) files.add(name);
    for (const later of part.dynamicImports) {
      const chunk = bundle[later];
      if (chunk?.type === 'chunk' && (withLater || !LATER.test(`${chunk.facadeModuleId ?? ''} ${chunk.name}`))) visit(later);
    }
  };
  for (const part of Object.values(bundle)) {
    if (part.type === 'chunk' && part.isEntry && (part.facadeModuleId ?? '').endsWith(`/${page}`)) visit(part.fileName);
  }
  return [...files];
}

/** A worker at the root of the site, bundled with what it is told. */
async function worker(dir: string, entry: string, name: string, define: Record<string, unknown>): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    define: Object.fromEntries(Object.entries(define).map(([word, value]) => [word, JSON.stringify(value)])),
    build: {
      outDir: dir,
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry: resolve(root, entry), formats: ['iife'], name: 'sw', fileName: () => name },
    },
  });
}

/** A name for these pages with these files: another as soon as any of them is another. */
function editionOf(dir: string, pages: readonly string[], files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const page of pages) hash.update(readFileSync(resolve(dir, page)));
  for (const file of files) hash.update(file);
  return hash.digest('hex').slice(0, 12);
}

/** The second build: `sw.js` for the whole site, `visit.js` for the caseworker's page. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler(options, bundle) {
        const dir = options.dir ?? resolve(root, 'dist');
        const rooted = (files: string[]) => files.map((file) => `/${file}`);
        const assets = rooted(needed(bundle, 'index.html'));
        const kept = rooted(needed(bundle, 'index.html', { all: true, later: true }));
        if (kept.some((file) => file.startsWith('/unkept/'))) throw new Error('the citizen\'s page loads what may not be kept');
        await worker(dir, 'src/kernel/sw.ts', 'sw.js', {
          PRECACHE: ['/', '/away', ...assets, '/manifest.webmanifest', '/icon.svg'],
          KEPT: kept,
          EDITION: editionOf(dir, ['index.html', 'away.html'], assets),
        });
        const case_ = rooted(needed(bundle, 'case.html', { all: true }));
        const holds = (file: string, library: string) => {
          const part = bundle[file.slice(1)];
          return part?.type === 'chunk' && part.moduleIds.some((id) => id.includes(`/${library}/`));
        };
        // What stretches seven words.
        if (!case_.some((file) => holds(file, 'hash-wasm'))) throw new Error('the caseworker\'s page could not be unlocked without a network');
        await worker(dir, 'src/surface/case/visit/worker.ts', 'visit.js', {
          FILES: ['/case', ...case_, '/icon.svg'],
          EDITION: editionOf(dir, ['case.html'], case_),
        });
      },
    },
  };
}
