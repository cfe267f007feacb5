// The words of matching come with its screens, and with nothing else: a city that has it switched
// off sends none of them.

import { addWords } from '../../../kernel/lang.svelte';

addWords(import.meta.glob<string>('../../../../../lang/{ko,en}/matching.ftl', { query: '?raw', import: 'default', eager: true }));
