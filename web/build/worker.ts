// Builds the service worker after the pages, with the list of what must open without a network:
// the citizen's page with all it needs (not the map), and the page people leave to.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

const root = resolve(import.meta.dirname, '..');

/** What comes later than the rest, and only for those who look at it: the map and the typeface. */
const LATER = /atlas|maplibre|letters/i;

/** Files of the citizen's page: those it opens with, or all it may ever load. */
function needed(bundle: Rolldown.OutputBundle, all = false): string[] {
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
      if (chunk?.type === 'chunk' && (all || !LATER.test(`${chunk.facadeModuleId ?? ''} ${chunk.name}`))) visit(later);
    }
  };
  for (const part of Object.values(bundle)) {
    if (part.type === 'chunk' && part.isEntry && /index\.html$/.test(part.facadeModuleId ?? '')) visit(part.fileName);
  }
  return [...files];
}

/** The second build: `sw.js` at the root of the site, so that its scope is the whole site. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler(options, bundle) {
        const dir = options.dir ?? resolve(root, 'dist');
        const assets = needed(bundle).map((file) => `/${file}`);
        const kept = needed(bundle, true).map((file) => `/${file}`);
        if (kept.some((file) => file.startsWith('/unkept/'))) throw new Error('the citizen\'s page loads what may not be kept');
        const pages = ['/', '/away'];
        const hash = createHash('sha256');
        for (const page of ['index.html', 'away.html']) hash.update(readFileSync(resolve(dir, page)));
        for (const asset of assets) hash.update(asset);
        await build({
          configFile: false,
          root,
          logLevel: 'warn',
          publicDir: false,
          define: {
            PRECACHE: JSON.stringify([...pages, ...assets, '/manifest.webmanifest', '/icon.svg']),
            KEPT: JSON.stringify(kept),
            EDITION: JSON.stringify(hash.digest('hex').slice(0, 12)),
          },
          build: {
            outDir: dir,
            emptyOutDir: false,
            target: 'es2022',
            lib: { entry: resolve(root, 'src/kernel/sw.ts'), formats: ['iife'], name: 'sw', fileName: () => 'sw.js' },
          },
        });
      },
    },
  };
}
