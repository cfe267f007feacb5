import { describe, expect, it } from 'vitest';
import { contentOf, type Entry, type Intake, type Laid } from '../entries';
import type { GivenFor } from '../figures';
import { foldCase } from '../fold';
import { figureOf, figureOut, figuresIn, figuring } from './figure';
import { readLine } from './tally';
import type { FigureTable } from './rules';

const ZONE = 'Asia/Seoul';
const NOW = 1_795_741_200_000;
const CITY: FigureTable = { key: 'city', name: { ko: '도시', en: 'City' }, every: 'quarter', by: ['type', 'district'] };
const CONSENT: GivenFor = { purposes: [0, 2], endsAt: 0n, takenBackAt: null };
const INTAKE: Intake = { entry: 'intake', answers: { penetration: 'yes' }, district: 'gwanak', reported: '2026-11-03', survivor: { born: '2001', nationality: '카나리아' } };
const DRAWN = { referral: 'cmVmZXJyYWw', endToken: 'dG9rZW4', salt: 'c2FsdA' };

const stateOf = (...entries: Entry[]) =>
  foldCase(entries.map((entry, at): Laid => ({ is: 'laid', version: at + 1, writtenAt: NOW, byHer: false, ownCenter: true, center: 'Y2VudGVy', device: 'ZGV2aWNl', entry: contentOf({ ...entry, base: at }) })));
const figure = (entries: Entry[], consent = CONSENT, tables = [CITY]) => figureOf({ state: stateOf(...entries), consent, receivedAt: NOW }, tables, ZONE, NOW);

describe('a figure', () => {
  it('is what the tables count by, for a case whose consent has the purpose', () => {
    expect(figure([INTAKE])).toMatchObject({ line: { values: { month: '2026-11', type: 'rape', district: 'gwanak' } } });
    expect(figure([INTAKE], { ...CONSENT, purposes: [0] })).toEqual({ none: 'not_consented' });
    expect(figure([INTAKE], { ...CONSENT, takenBackAt: NOW })).toEqual({ none: 'not_consented' });
    expect(figure([INTAKE], CONSENT, [])).toEqual({ none: 'no_tables' });
  });

  it('is written into the case as it leaves, and then there is no second one', () => {
    const found = figure([INTAKE]);
    if (!('tuple' in found)) throw new Error('a figure was expected');
    const out = figureOut(found.tuple, [CITY], DRAWN);
    expect(readLine(out.content)).toEqual({ salt: 'c2FsdA', values: { month: '2026-11', type: 'rape', district: 'gwanak' } });
    expect(out.content).not.toContain('카나리아');
    const after = [INTAKE, figuring(found.tuple, out)];
    expect(figuresIn(stateOf(...after))).toEqual([out]);
    expect(figure(after)).toEqual({ none: 'sent_already' });
  });

  it('is none while nobody has classified what happened', () => {
    expect(figure([])).toEqual({ none: 'no_intake' });
    expect(figure([{ ...INTAKE, answers: {} }])).toEqual({ none: 'not_classified' });
  });
});
