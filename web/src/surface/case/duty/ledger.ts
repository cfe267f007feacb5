// The ledger of releases as a center that counts sees it, and the lines each of them was made of.

import { before, digestOf, readLine, type LineSent } from '../../../casework/duty/tally';
import type { FigureTable } from '../../../casework/duty/rules';
import { get, post } from '../../../kernel/send';
import { toBase64 } from '../../../onestop/base64';
import type { OpenedReferral } from '../../../onestop/letter';
import type { Ledger, ReleaseItem as Release } from '../../../wire';
import { toldIn } from './book.svelte';

export type { Ledger, ReleaseItem as Release } from '../../../wire';

const HOUR_MILLIS = 3_600_000;
const hourOf = (at: number) => at - (at % HOUR_MILLIS);

/** The lines among letters, and how many cannot be counted. One that was taken back is neither. */
export function linesOf(all: readonly OpenedReferral[]): { lines: LineSent[]; doubted: number } {
  const standing = all.filter(({ state }) => state !== 'ended');
  const lines = standing.flatMap((one): LineSent[] => {
    const line = readLine(toldIn(one, 'figure') ?? '');
    return line ? [{ ...line, sentAt: one.sentAt }] : [];
  });
  return { lines, doubted: standing.length - lines.length };
}

/** The lines a release was made of, as far as they are still here; `null`: there are others now. */
export function linesReleased(table: FigureTable, release: Release, lines: readonly LineSent[]): LineSent[] | null {
  // An hour may have ended between counting and keeping.
  for (const hour of [release.reserved_at, release.reserved_at - HOUR_MILLIS]) {
    const then = before(lines, hour);
    if (toBase64(digestOf(table, release.period, then)) === release.digest) return then;
  }
  return null;
}

/** Settles a table of a period with the lines that came before this hour. */
export function settle(table: FigureTable, period: string, lines: readonly LineSent[], now: number): Promise<Release> {
  const digest = toBase64(digestOf(table, period, before(lines, hourOf(now))));
  return post<Release>('/api/onestop/ledger/reserve', { table: table.key, period, digest });
}

export function readLedger(): Promise<Ledger> {
  return get<Ledger>('/api/onestop/ledger');
}

/** What a year's releases have spent. */
export function spentIn({ releases }: Ledger, year: string): number {
  return releases.filter(({ period }) => period.startsWith(year)).reduce((sum, one) => sum + one.epsilon_thousandths, 0);
}

/** Whether a table of a period can still be afforded. */
export function affordable(ledger: Ledger, table: FigureTable, period: string): boolean {
  const spends = ledger.spends.find((one) => one.table === table.key)?.epsilon_thousandths;
  return spends !== undefined && spentIn(ledger, period.slice(0, 4)) + spends <= ledger.yearly_epsilon_thousandths;
}

/** Thousandths of epsilon, as people write it. */
export function epsilonWords(thousandths: number): string {
  return `ε ${(thousandths / 1000).toLocaleString('en-US', { maximumFractionDigits: 3 })}`;
}
