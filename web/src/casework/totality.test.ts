import { describe, expect, test, vi } from 'vitest';
import { readEntry } from '../onestop/work';
import { PURPOSES } from './codes';
import type { Line } from './entries';
import { shownDanger } from './danger';
import { tupleOf, type Countable } from './figures';
import { followUpsOf } from './followup';
import { foldCase, type CaseState } from './fold';
import { UNCONFIRMED_RULE, windowsLeft } from './health';
import { kpisOf } from './kpi';
import { ENTRY_NAMES } from './read';
import { COLUMNS, recorderCsv } from './recorder';
import { HOUR, PEOPLE, people, seeded, START, ZONE } from './sample';

// A shared machine can be slow: nothing here is about time.
vi.setConfig({ testTimeout: 60_000 });

const NOW = START + 40 * 24 * HOUR;
const DEVICES = [...Object.keys(PEOPLE), 'stranger'];
const FIELDS = [
  'base', 'answers', 'when', 'survivor', 'perpetrators', 'goals', 'plan', 'closure', 'referral', 'state', 'to', 'content', 'consent', 'signature', 'channel', 'reason', 'tries',
  'rule', 'told_at', 'exception', 'instrument', 'version', 'override', 'score', 'band', 'due', 'done', 'step', 'reached', 'tuple', 'file', 'action', 'text', 'appointment',
  'more', 'v', 'is', '__proto__', 'constructor', 'digital', 'services', 'district', 'reported', 'exchanged', 'referred_from',
];
const WORDS = [
  'yes', 'no', 'unsure', 'r', 's', 'kr', 'accepted', 'rejected', 'revoked', 'went_back', 'done', 'lost_contact', 'goals_met', 'voice', '2026-11-27', '2026-02-30', '2026-11',
  '1900', 'd3', '=1+1', '\u0000', '\ud800', '', 'female', 'rape', 'high', 'mapo-gu', 'psychosocial', 'constructor', '내일',
];

/** The entries that speak of each other. */
const MEETING = ['plan', 'plan_confirmed', 'plan_approved', 'closure', 'closure_approved', 'reopened'] as const;

/** What most of the cases begin with, so that there is something to speak of. */
const BEGUN = [{ entry: 'plan', goals: [{ id: 'a', words: 'w' }] }, { entry: 'closure', reason: 'moved' }];

/** Anything a browser, an older edition or an adversary could have closed into an entry. */
function anything(chance: () => number, depth = 0): unknown {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)]!;
  const kind = Math.floor(chance() * (depth > 3 ? 6 : 9));
  if (kind === 0) return null;
  if (kind === 1) return chance() < 0.5;
  if (kind === 2) return pick([0, 1, 2, 3, 5, 8, -1, 0.5, 1e308, 9e15, START, START + HOUR]);
  if (kind < 6) return pick(WORDS);
  if (kind === 6) return Array.from({ length: Math.floor(chance() * 4) }, () => anything(chance, depth + 1));
  return Object.fromEntries(Array.from({ length: Math.floor(chance() * 5) }, () => [pick([...FIELDS, 'id', 'words', 'status', 'on', 'known', 'date', 'born', 'sex', 'penetration']), anything(chance, depth + 1)]));
}

function bytesOf(chance: () => number): Uint8Array {
  if (chance() < 0.1) return Uint8Array.from({ length: Math.floor(chance() * 60) }, () => Math.floor(chance() * 256));
  const names = chance() < 0.5 ? MEETING : ENTRY_NAMES;
  const name = names[Math.floor(chance() * names.length)]!;
  const fields = Object.fromEntries(Array.from({ length: Math.floor(chance() * 9) }, () => [FIELDS[Math.floor(chance() * FIELDS.length)]!, anything(chance)]));
  // Half of them have what a small case needs, so that the steps behind get their turn.
  const seeds = { referral: 'r', plan: 1 + Math.floor(chance() * 2), closure: 1 + Math.floor(chance() * 2), goals: [{ id: 'a', words: 'w' }], rule: 'kr', reason: 'lost_contact', state: 'accepted', to: 'c', content: '{}' };
  const text = JSON.stringify({ v: 1, ...fields, ...(chance() < 0.5 ? seeds : {}), entry: chance() < 0.95 ? name : anything(chance) });
  const bytes = new TextEncoder().encode(text);
  // A bit that turned over, or an end that is missing.
  if (chance() < 0.05) bytes[Math.floor(chance() * bytes.length)]! ^= 1 << Math.floor(chance() * 8);
  return chance() < 0.03 ? bytes.slice(0, Math.floor(chance() * bytes.length)) : bytes;
}

function linesOf(chance: () => number): Line[] {
  return Array.from({ length: Math.floor(chance() * 30) }, (_, nth): Line => {
    const version = chance() < 0.9 ? nth + 1 : Math.floor(chance() * 40);
    const writtenAt = START + nth * HOUR;
    if (chance() < 0.05) return { is: 'doubted', version, writtenAt, why: 'signature_wrong' };
    const byHer = chance() < 0.3;
    const device = DEVICES[Math.floor(chance() * DEVICES.length)]!;
    const odd = chance() < 0.03;
    return {
      is: 'laid', version, writtenAt, byHer, ownCenter: !byHer, center: byHer || odd ? null : device === 'elsewhere' ? 'center-b' : 'center-a', device: byHer || odd ? null : device,
      entry: nth < BEGUN.length && chance() < 0.7 ? { ...BEGUN[nth]!, base: 0 } : readEntry(bytesOf(chance)),
    };
  });
}

/** Everything that is made of a state, as a screen would. */
function lookAt(state: CaseState): void {
  const countable: Countable = { state, consent: { purposes: [PURPOSES.indexOf('figures')], endsAt: 0n, takenBackAt: null }, receivedAt: START };
  followUpsOf(state, ZONE, NOW);
  tupleOf(countable, ZONE, NOW);
  kpisOf([countable], ZONE, NOW);
  windowsLeft(state.intake.now?.entry.when, UNCONFIRMED_RULE, ZONE, NOW);
  if (state.danger.now) shownDanger(state.danger.now.entry);
  const { csv } = recorderCsv([{ ...countable, incident: 'i', survivor: 's', caseManager: 'm' }], { agency: 'a', city: 'c', zone: ZONE, now: NOW });
  expect(csv.startsWith('\ufeff"INCIDENT ID"')).toBe(true);
  JSON.stringify(state);
}

describe('whatever the entries of a case say', () => {
  const RUNS = 240;

  test('it is read, nothing of it is left out, and everything made of it can be shown', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const lines = linesOf(seeded(seed));
      const state = foldCase(lines, { people, zone: ZONE });
      expect(state.steps.length, `seed ${seed}`).toBe(lines.length);
      expect(state.last, `seed ${seed}`).toBe(Math.max(0, ...lines.map(({ version }) => version)));
      lookAt(state);
      for (const step of state.steps) seen.add(step.is === 'not_counted' ? step.why : step.is);
      seen.add(`workflow ${state.workflow}`);
      for (const { about } of state.conflicts) seen.add(`conflict ${about}`);
    }
    // The runs are worth something: they come where there is something to get wrong.
    for (const place of ['counted', 'strange', 'doubted', 'centers_only', 'hers_only', 'same_person', 'not_supervising', 'out_of_order', 'offered_again', 'workflow case_plan', 'workflow reopened', 'conflict intake', 'conflict plan', 'conflict duty']) {
      expect([...seen], place).toContain(place);
    }
  });

  test('the order in which lines arrive changes nothing', () => {
    for (let seed = 1; seed <= RUNS / 4; seed += 1) {
      const chance = seeded(seed * 7919);
      // Each number once: two of the same are kept as they come.
      const lines = linesOf(chance).map((line, nth) => ({ ...line, version: nth + 1 }));
      const shuffled = lines.map((line) => [chance(), line] as const).sort(([one], [other]) => one - other).map(([, line]) => line);
      expect(foldCase(shuffled, { people, zone: ZONE }), `seed ${seed}`).toEqual(foldCase(lines, { people, zone: ZONE }));
    }
  });

  test('of everything that was set, each version is either what holds, a rival or replaced', () => {
    for (let seed = 1; seed <= RUNS / 4; seed += 1) {
      const lines = linesOf(seeded(seed * 104_729)).map((line, nth) => ({ ...line, version: nth + 1 }));
      const { steps, intake, danger, plan } = foldCase(lines, { people, zone: ZONE });
      for (const [name, slot] of Object.entries({ intake, danger, plan })) {
        const set = steps.flatMap((step) => (step.is === 'counted' && step.entry.entry === name ? [step.version] : []));
        const kept = [...slot.before, ...slot.rivals, ...(slot.now ? [slot.now] : [])].map(({ version }) => version);
        expect(kept.sort((one, other) => one - other), `seed ${seed} ${name}`).toEqual(set);
      }
    }
  });

  test('nobody closes a case or puts a plan in force alone', () => {
    for (let seed = 1; seed <= RUNS / 4; seed += 1) {
      const lines = linesOf(seeded(seed * 15_485_863)).map((line): Line => (line.is === 'laid' ? { ...line, byHer: false, center: 'center-a', device: 'sol' } : line));
      const { plan, closure } = foldCase(lines, { people, zone: ZONE });
      expect([plan.inForce, closure.is === 'closed'], `seed ${seed}`).toEqual([false, false]);
    }
  });

  test('a row has 42 cells and a sex', () => {
    for (let seed = 1; seed <= RUNS / 8; seed += 1) {
      const state = foldCase(linesOf(seeded(seed * 31)), { people, zone: ZONE });
      const { csv } = recorderCsv([{ state, consent: { purposes: [2], endsAt: 0n, takenBackAt: null }, receivedAt: START, incident: 'i', survivor: 's', caseManager: 'm' }], { agency: 'a', city: 'c', zone: ZONE, now: NOW });
      for (const row of csv.slice(1).split('\r\n').slice(1, -1)) {
        const cells = row.slice(1, -1).split('","');
        expect(cells.length, `seed ${seed}`).toBe(COLUMNS.length);
        expect(['F', 'M', 'OTHER', 'NOT TOLD']).toContain(cells[COLUMNS.indexOf('SEX')]);
      }
    }
  });
});
