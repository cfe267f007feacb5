// What the pages need that a bundler does not give: a script that runs before anything else has
// loaded, a content security policy with its hash, and addresses without `.html`.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { firstWords } from './words.ts';

const root = resolve(import.meta.dirname, '..');

/** Bundles one entry into a single self-contained script, to stand inside a page. */
async function single(entry: string, define: Record<string, string>): Promise<string> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    define,
    build: {
      write: false,
      target: 'es2020',
      lib: { entry: resolve(root, entry), formats: ['iife'], name: 'first' },
      modulePreload: false,
    },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (!output || !('output' in output)) throw new Error(`${entry} was not built`);
  return output.output[0].code.replaceAll('</script', '<\\/script').trim();
}

/**
 * Puts the scripts named by `<!-- inline: FILE -->` into the page. The alarm and the way out must
 * work before the bundle has arrived, so they travel inside the page itself.
 */
export function firstScript(): Plugin {
  return {
    name: 'first-script',
    transformIndexHtml: {
      order: 'pre',
      async handler(html) {
        let page = html;
        for (const [mark, file] of html.matchAll(/<!-- inline: (\S+) -->/g)) {
          if (!file) continue;
          const define = { FIRST_WORDS: JSON.stringify(firstWords()) };
          const text = file.endsWith('.css')
            ? `<style>${readFileSync(resolve(root, file), 'utf8')}</style>`
            : `<script>${await single(file, define)}</script>`;
          page = page.replace(mark, () => text);
        }
        return page;
      },
    },
  };
}

/**
 * The report alone may ask other houses, where a city has matching switched on. Which, the server's
 * header says: both policies hold, and where it is off the header leaves the own origin only.
 */
const HOUSES = "connect-src 'self' https: http://127.0.0.1:* http://localhost:*";

/** Writes the policy into each built page: own origin only, inline parts by their hash. */
export function policy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { filename }) {
        const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
        const inline = (tag: string) =>
          [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map((found) => hash(found[1] ?? ''));
        const rules = [
          "default-src 'none'",
          `script-src 'self' ${inline('script').join(' ')}`.trim(),
          // Components set custom properties on elements (`style:`), which counts as inline style.
          `style-src 'self' 'unsafe-inline'`,
          "img-src 'self' data: blob:",
          "media-src blob:",
          "font-src 'self'",
          filename.endsWith('/report.html') ? HOUSES : "connect-src 'self'",
          "worker-src 'self' blob:",
          "manifest-src 'self'",
          "base-uri 'none'",
          "form-action 'self'",
        ].join('; ');
        return html.replace(
          /<meta charset="utf-8"\s*\/?>/,
          (meta) => `${meta}\n    <meta http-equiv="Content-Security-Policy" content="${rules}" />`,
        );
      },
    },
  };
}

/** `/desk` answers `desk.html` while developing, as the server does. */
export function cleanPaths(): Plugin {
  const rewrite = (request: { url?: string | undefined }, _answer: unknown, next: () => void) => {
    const page = /^\/(desk|supervisor|team|haven|admin|join|crew|patrol|report|case|away)\/?(?=\?|$)/.exec(request.url ?? '');
    if (page) request.url = `/${page[1]}.html`;
    next();
  };
  return {
    name: 'clean-paths',
    configureServer: (server) => void server.middlewares.use(rewrite),
    configurePreviewServer: (server) => void server.middlewares.use(rewrite),
  };
}
