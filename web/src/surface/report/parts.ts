// What goes to whom, as she is shown it and as it is sent: one reckoning for both.

import { CHOOSABLE, contentsOf, type Choosable, type Contents } from '../../onestop/answers';
import { NOTES } from '../../onestop/content';
import { language, named, t } from '../../kernel/lang.svelte';
import { picked } from './evidence/picked.svelte';
import { visit } from './visit.svelte';

/** Her contents with what the notes will say of the readers. */
export function shownContents(): Contents {
  const contents = { ...contentsOf(visit.answers, language()), ...picked.content() };
  const columns = visit.readings().map(({ center, kinds }, column) => ({ column, reader: center.name64, compartments: kinds }));
  if (columns.length === 0) return contents;
  return { ...contents, [NOTES]: { ...contents[NOTES], ...(visit.leads ? { leads: visit.leads } : {}), columns } };
}

/** The sentence by which she lets a center read; what is signed holds its hash. */
export function consentText(name64: string): string {
  const reading = visit.readings().find(({ center }) => center.name64 === name64);
  return reading ? consentSaid(named(reading.center.name), reading.kinds, { leads: name64 === visit.leads, counted: reading.counted }) : '';
}

/** The same sentence of whatever she lets a center read, now or later. */
export function consentSaid(center: string, read: readonly number[], { leads, counted }: { leads: boolean; counted: boolean }): string {
  const kinds = CHOOSABLE.filter((kind) => read.includes(kind)).map(kindName).join(', ');
  const said = t(leads ? 'report-consent-leads' : 'report-consent', { center, kinds });
  return counted ? `${said} ${t('report-consent-counted')}` : said;
}

export function kindName(kind: Choosable): string {
  return t(`report-kind-${kind}`);
}
