// The few words the first script needs, taken from the catalogues at build time.

import { FluentBundle, FluentResource } from '@fluent/bundle';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const languages = ['ko', 'en'] as const;

/** Message keys of `lang/<language>/first.ftl`, all of which travel inside the page. */
export function firstWords(): Record<string, Record<string, string>> {
  const all: Record<string, Record<string, string>> = {};
  for (const language of languages) {
    const file = resolve(import.meta.dirname, `../../lang/${language}/first.ftl`);
    if (!existsSync(file)) throw new Error(`${file} is missing`);
    const resource = new FluentResource(readFileSync(file, 'utf8'));
    const bundle = new FluentBundle(language, { useIsolating: false });
    bundle.addResource(resource);
    const words: Record<string, string> = {};
    for (const entry of resource.body) {
      const message = bundle.getMessage(entry.id);
      if (message?.value) words[entry.id] = bundle.formatPattern(message.value);
    }
    all[language] = words;
  }
  return all;
}
