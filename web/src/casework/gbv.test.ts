import { describe, expect, test } from 'vitest';
import { GBV_TYPES, QUESTIONS, type Answer, type Question } from './codes';
import type { Intake, Survivor } from './entries';
import { byPartner, classify, contextsOf, primaryOf, under18 } from './gbv';

const NO: Record<Question, Answer> = { penetration: 'no', sexual_contact: 'no', physical: 'no', forced_marriage: 'no', denial: 'no', psychological: 'no' };
const intake = (fields: Partial<Intake>): Intake => ({ entry: 'intake', ...fields });
const REPORTED = '2026-11-27';

describe('the type', () => {
  // Seven invented stories, and what each answers to the six questions.
  test.each([
    ['A colleague raped her after a company dinner.', { ...NO, penetration: 'yes' }, 'rape'],
    ['A stranger touched her on the night bus.', { ...NO, sexual_contact: 'yes' }, 'sexual_assault'],
    ['Her husband beat her.', { ...NO, physical: 'yes' }, 'physical_assault'],
    ['Her family married her off against her will.', { ...NO, forced_marriage: 'yes' }, 'forced_marriage'],
    ['He takes her wages and keeps her from school.', { ...NO, denial: 'yes' }, 'denial_of_resources_opportunities_or_services'],
    ['He threatens to send pictures of her to everybody.', { ...NO, psychological: 'yes' }, 'psychological_emotional_abuse'],
    ['Somebody unknown stole her bag.', NO, 'non-gbv'],
  ] as const)('of "%s"', (_story, answers, type) => {
    expect(classify(answers).type).toBe(type);
  });

  test('of any two that are yes is the first in the standard\'s order', () => {
    for (const [at, first] of QUESTIONS.entries()) {
      for (const second of QUESTIONS.slice(at + 1)) {
        // Written in the other order: it is the standard's that counts.
        const answers = { [second]: 'yes', ...NO, [first]: 'yes' } as Record<Question, Answer>;
        answers[second] = 'yes';
        expect(classify(answers)).toMatchObject({ type: GBV_TYPES[at], by: first });
      }
    }
  });

  test('is none while nothing is yes and one is not known', () => {
    for (const question of QUESTIONS) {
      for (const answer of ['unsure', 'not_told', undefined] as const) {
        expect(classify({ ...NO, [question]: answer })).toEqual({ type: null, by: null, open: [question] });
      }
    }
    expect(classify(undefined)).toEqual({ type: null, by: null, open: [...QUESTIONS] });
  });

  test('says which earlier question could still change it', () => {
    expect(classify({ physical: 'yes', penetration: 'unsure', sexual_contact: 'no', psychological: 'unsure' })).toEqual({ type: 'physical_assault', by: 'physical', open: ['penetration'] });
  });
});

describe('under 18, as the GBVIMS counts', () => {
  const on = (survivor: Survivor, when?: Intake['when']) => under18(intake({ survivor, when }), REPORTED);

  test.each([
    [{ born: '2008-11-28' }, 'yes'],
    [{ born: '2008-11-27' }, 'no'],
    [{ born: '2008-12' }, 'yes'],
    [{ born: '2008-10' }, 'no'],
    [{ born: '2008-11' }, 'unknown'],
    [{ born: '2009' }, 'yes'],
    [{ born: '2008' }, 'unknown'],
    [{ born: '2007' }, 'no'],
    [{ born: '2008', age_band: '12_17' }, 'yes'],
    [{ born: '2008', age_band: '18_25' }, 'no'],
    [{ age_band: '0_11' }, 'yes'],
    [{ age_band: '26_40' }, 'no'],
    [{ age_band: 'unknown' }, 'unknown'],
    [{}, 'unknown'],
    // A day of birth that has not come yet is none.
    [{ born: '2031' }, 'unknown'],
  ] as const)('%o: %s', (survivor, is) => {
    expect(on(survivor)).toBe(is);
  });

  test('counts the day it happened, not the day she was heard', () => {
    expect(on({ born: '2008-06-01' }, { known: 'day', date: '2026-05-31' })).toBe('yes');
    expect(on({ born: '2008-06-01' }, { known: 'day', date: '2026-06-01' })).toBe('no');
    expect(on({ born: '2008-06-15' }, { known: 'month', date: '2026-06' })).toBe('unknown');
    expect(on({ born: '2008-06-15' }, { known: 'month', date: '2026-05' })).toBe('yes');
    expect(on({ born: '2008-06-15' }, { known: 'no', date: '2025' })).toBe('yes');
    expect(on({ born: '2008-06-15' }, { known: 'no' })).toBe('no');
  });

  test('does not let a month reach beyond the day she was heard', () => {
    expect(on({ born: '2008-11-29' }, { known: 'month', date: '2026-11' })).toBe('yes');
  });

  test('turns on 1 March whoever was born on 29 February', () => {
    expect(on({ born: '2008-02-29' }, { known: 'day', date: '2026-02-28' })).toBe('yes');
    expect(on({ born: '2008-02-29' }, { known: 'day', date: '2026-03-01' })).toBe('no');
  });
});

describe('contexts', () => {
  const partner = [{ relationship: 'intimate_partner_former_partner' as const }];
  const child: Survivor = { born: '2012' };
  const adult: Survivor = { born: '1990' };

  test.each([
    ['a partner', { answers: { ...NO, physical: 'yes' }, perpetrators: partner }, ['intimate_partner_violence']],
    ['a partner among others', { answers: { ...NO, physical: 'yes' }, perpetrators: [{ relationship: 'schoolmate' }, ...partner] }, ['intimate_partner_violence']],
    ['a child and rape', { answers: { ...NO, penetration: 'yes' }, survivor: child }, ['child_sexual_abuse']],
    ['a child and sexual assault', { answers: { ...NO, sexual_contact: 'yes' }, survivor: child }, ['child_sexual_abuse']],
    ['a child and blows', { answers: { ...NO, physical: 'yes' }, survivor: child }, []],
    ['an adult and rape', { answers: { ...NO, penetration: 'yes' }, survivor: adult }, []],
    ['a child married off', { answers: { ...NO, forced_marriage: 'yes' }, survivor: child }, ['early_marriage']],
    ['an adult married off', { answers: { ...NO, forced_marriage: 'yes' }, survivor: adult }, []],
    ['something given in exchange', { answers: { ...NO, penetration: 'yes' }, survivor: adult, exchanged: 'yes' }, ['possible_sexual_exploitation']],
    ['nothing given in exchange', { answers: { ...NO, penetration: 'yes' }, survivor: adult, exchanged: 'no' }, []],
    ['taken away', { answers: { ...NO, sexual_contact: 'yes' }, survivor: adult, abduction: 'trafficked' }, ['possible_sexual_slavery']],
    ['not taken away', { answers: { ...NO, sexual_contact: 'yes' }, survivor: adult, abduction: 'none' }, []],
    ['a harmful practice', { answers: { ...NO, denial: 'yes' }, harmful_practice: 'yes' }, ['harmful_traditional_practice']],
    ['no violence of that kind at all', { answers: NO, perpetrators: partner, harmful_practice: 'yes', survivor: child }, []],
    ['no type yet', { answers: {}, perpetrators: partner, harmful_practice: 'yes', survivor: child }, []],
    ['several at once', { answers: { ...NO, penetration: 'yes' }, survivor: child, perpetrators: partner, exchanged: 'yes' }, ['intimate_partner_violence', 'child_sexual_abuse', 'possible_sexual_exploitation']],
  ] as [string, Partial<Intake>, string[]][])('of %s', (_what, fields, holds) => {
    expect(contextsOf(intake(fields), REPORTED)).toEqual({ holds, open: [] });
  });

  test('that only her age decides stay open while it is not known', () => {
    expect(contextsOf(intake({ answers: { ...NO, penetration: 'yes' } }), REPORTED)).toEqual({ holds: [], open: ['child_sexual_abuse'] });
    expect(contextsOf(intake({ answers: { ...NO, forced_marriage: 'yes' } }), REPORTED)).toEqual({ holds: [], open: ['early_marriage'] });
  });
});

test('the one who is called primary is told of, else the first', () => {
  expect(primaryOf([{ sex: 'male' }, { sex: 'female', primary: 'yes' }])).toEqual({ sex: 'female', primary: 'yes' });
  expect(primaryOf([{ sex: 'male' }, { sex: 'female' }])).toEqual({ sex: 'male' });
  expect(primaryOf([])).toBeNull();
  expect(byPartner(undefined)).toBe(false);
});
