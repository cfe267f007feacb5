// Which catalogues a surface speaks from. Each surface lists its own, so that the citizen's page
// does not carry the desk's words.

import { addWords } from './lang.svelte';

const shared = import.meta.glob<string>('../../../lang/{ko,en}/{city,problem,stage,session,demo}.ftl', { query: '?raw', import: 'default', eager: true });

/** Adds the words every surface needs, then a surface's own. */
export function speakOf(own: Record<string, string>): void {
  addWords(shared);
  addWords(own);
}
