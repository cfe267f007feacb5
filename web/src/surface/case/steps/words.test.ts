import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as codes from '../../../casework/codes';
import { IMMEDIATE_SAFETY, PROMPTS } from '../../../casework/danger';
import { UNCONFIRMED_RULE } from '../../../casework/health';
import { ENTRY_NAMES } from '../../../casework/read';
import { DIGITAL, PLACES, TIMES_OF_DAY } from '../../../onestop/content';
import { asksOf } from './asks';

const lang = resolve(import.meta.dirname, '../../../../../lang');
const keysOf = (...names: string[]) => new Set(names.flatMap((name) => [...readFileSync(`${lang}/ko/${name}.ftl`, 'utf8').matchAll(/^([a-z][a-z0-9-]*) =/gmu)].map(([, key]) => key)));
const dashed = (code: string) => code.replaceAll('_', '-');
const lists: [string, readonly string[]][] = [
  ['answer', codes.ANSWERS], ['yes-no', codes.YES_NO], ['channel', codes.CHANNELS], ['type', codes.GBV_TYPES], ['question', codes.QUESTIONS], ['context', codes.CONTEXTS], ['context-why', codes.CONTEXTS],
  ['sex', codes.SEXES], ['age', codes.AGE_BANDS], ['civil', codes.CIVIL_STATUSES], ['displacement', codes.DISPLACEMENTS], ['disability', codes.DISABILITIES], ['unaccompanied', codes.UNACCOMPANIED],
  ['abduction', codes.ABDUCTIONS], ['elsewhere', codes.REPORTED_ELSEWHERE], ['relationship', codes.RELATIONSHIPS.slice(0, 12)], ['number', codes.PERPETRATOR_NUMBERS], ['occupation', codes.OCCUPATIONS],
  ['from', codes.REFERRED_FROM], ['service', codes.SERVICE_TYPES], ['goal', codes.GOAL_STATUSES], ['met', codes.APPOINTMENT_STATUSES], ['referral', codes.REFERRAL_STATES], ['follow-step', [...codes.FOLLOW_UP_STEPS, 'other']],
  ['closure', codes.CLOSURE_REASONS], ['evidence', codes.EVIDENCE_ACTIONS], ['elapsed', codes.ELAPSED], ['time', TIMES_OF_DAY], ['place', PLACES], ['digital', DIGITAL], ['entry', ENTRY_NAMES],
  ['asks', IMMEDIATE_SAFETY.questions.map(({ id }) => id)], ['band', [...IMMEDIATE_SAFETY.bands.map(({ name }) => name), 'open']], ['prompt', PROMPTS], ['prompt-do', PROMPTS],
  ['window', UNCONFIRMED_RULE.windows.map(({ name }) => name)],
];

describe('the words of the work', () => {
  test.each(lists)('name every code of %s', (list, all) => {
    const keys = keysOf('work', 'intake');
    expect(all.filter((code) => !keys.has(`work-${list}-${dashed(code)}`))).toEqual([]);
    expect(all.length).toBeGreaterThan(0);
  });

  test('ask every question of the intake, for one and for several who did it', () => {
    const keys = keysOf('work', 'intake');
    const asks = [...asksOf({ entry: 'intake' }, '2026-11-27'), ...asksOf({ entry: 'intake', answers: { penetration: 'yes' }, perpetrator_number: 'equal_to_2', survivor: { born: '2015' } }, '2026-11-27')];
    expect(asks.map(({ name }) => `work-ask-${dashed(name.replaceAll('.', '-'))}`).filter((key) => !keys.has(key))).toEqual([]);
  });

  test('tell her every step and state in words of her own page', () => {
    const keys = keysOf('plan');
    const hers: [string, readonly string[]][] = [
      ['step', ENTRY_NAMES], ['goal', codes.GOAL_STATUSES], ['service', codes.SERVICE_TYPES], ['met', codes.APPOINTMENT_STATUSES], ['closure', codes.CLOSURE_REASONS], ['referral', codes.REFERRAL_STATES], ['channel', codes.CHANNELS],
    ];
    expect(hers.flatMap(([list, all]) => all.map((code) => `plan-${list}-${dashed(code)}`)).filter((key) => !keys.has(key))).toEqual([]);
  });
});
