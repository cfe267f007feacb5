import { describe, expect, it } from 'vitest';
import { under18 } from '../gbv';
import { applyAge, counts, dutiesOf, factsOf, holds, type AgeRule, type CaseRules, type DutyFacts, type DutyRule } from './rules';

const TODAY = '2026-11-27';
const dated = { name: { ko: '가', en: 'a' }, source: 'Act A', confirmed_by: 'Counsel B' };
const WITH_PROVISO: AgeRule = { ...dated, key: 'kr', kind: 'under_19_until_its_year', from: '2010-01-01', until: null };
const PLAIN: AgeRule = { ...WITH_PROVISO, kind: 'under_19' };
const CHANGED: AgeRule[] = [{ ...WITH_PROVISO, until: '2024-04-01' }, { ...PLAIN, from: '2024-04-01' }];
const DUTY: DutyRule = {
  ...dated, key: 'report', tells: dated.name, from: '2013-06-19', until: null, triggers: ['age', 'sexual_offense'], age_rule: 'kr', age_on: 'incident',
  binds: ['counsel'], receiver: 'cG9saWNl', deadline_hours: null, fields: ['birth_year', 'reporter'],
};
const rules = (ages: AgeRule[], ...duties: DutyRule[]): CaseRules => ({ hash: '0'.repeat(64), age_rules: ages, duties, tables: [] });
const on = (day: string) => ({ first: day, last: day });
const age = (rule: AgeRule | AgeRule[], born: string | undefined, day = '2026-01-01') =>
  applyAge(Array.isArray(rule) ? rule : [rule], 'kr', { born, reported: TODAY }, on(day));
const facts = (more: Partial<DutyFacts> = {}): DutyFacts => ({
  reported: TODAY, today: TODAY, type: 'rape', open: [], digital: [], relationships: [], born: '2010', when: { known: 'day', date: '2026-11-20' }, ...more,
});
const standing = (duty: DutyRule, more: Partial<DutyFacts>, ages = [WITH_PROVISO]) => dutiesOf(rules(ages, duty), 'counsel', facts(more))[0];

describe('an age rule', () => {
  it('with the proviso ends on 1 January of the year they turn 19', () => {
    expect(age(WITH_PROVISO, '2007').is).toBe('no');
    expect(age(WITH_PROVISO, '2007-12-31').is).toBe('no');
    expect(age(WITH_PROVISO, '2008').is).toBe('yes');
    expect(age(WITH_PROVISO, '2007', '2025-12-31').is).toBe('yes');
  });

  it('plain counts birthdays', () => {
    expect(age(PLAIN, '2007-06-01').is).toBe('yes');
    expect(age(PLAIN, '2007-06-01', '2026-05-31').is).toBe('yes');
    expect(age(PLAIN, '2007-06-01', '2026-06-01').is).toBe('no');
    expect(age(PLAIN, '2007-01-01').is).toBe('no');
  });

  it('knows the day after 28 February on which somebody born on the 29th turns', () => {
    expect(counts('under_19', '2008-02-29', '2027-02-28')).toBe(true);
    expect(counts('under_19', '2008-02-29', '2027-03-01')).toBe(false);
  });

  it('says that it does not know, and what to ask, instead of guessing', () => {
    expect(age(WITH_PROVISO, undefined)).toMatchObject({ is: 'unknown', asks: ['birth_year'] });
    // The year alone does not say whether the birthday has been.
    expect(age(PLAIN, '2007', '2026-06-01')).toMatchObject({ is: 'unknown', asks: ['birthday'] });
    expect(age(PLAIN, '2007-06', '2026-06-15')).toMatchObject({ is: 'unknown', asks: ['birthday'] });
    expect(age(PLAIN, '2007', '2026-12-31').is).toBe('no');
    expect(age(PLAIN, '2030')).toMatchObject({ is: 'unknown', asks: ['birth_year', 'incident_date'] });
  });

  it('takes a band of ages for the years it stands for', () => {
    const band = (age_band: '12_17' | '18_25' | '26_40', day: string) => applyAge([PLAIN], 'kr', { age_band, reported: TODAY }, on(day)).is;
    expect(band('12_17', TODAY)).toBe('yes');
    expect(band('18_25', TODAY)).toBe('unknown');
    expect(band('26_40', TODAY)).toBe('no');
    // She is 26 to 40 now; fifteen years ago she need not have been 19.
    expect(band('26_40', '2011-11-27')).toBe('unknown');
    expect(applyAge([PLAIN], 'kr', { age_band: 'unknown', reported: TODAY }, on(TODAY)).asks).toEqual(['birth_year']);
  });

  it('is the one of the day that is looked at', () => {
    expect(age(CHANGED, '2005-06-01', '2024-03-31').is).toBe('no');
    expect(age(CHANGED, '2005-06-01', '2024-04-01').is).toBe('yes');
    expect(age(CHANGED, '2005-06-01', '2024-04-01').by.map(({ kind }) => kind)).toEqual(['under_19']);
    expect(applyAge(CHANGED, 'kr', { born: '2005-06-01', reported: TODAY }, { first: '2024-03-01', last: '2024-04-30' }).is).toBe('unknown');
    expect(applyAge(CHANGED, 'kr', { born: '2008-06-01', reported: TODAY }, { first: '2024-03-01', last: '2024-04-30' }).is).toBe('yes');
  });

  it('is none on a day before there was one, or after it was ended without another', () => {
    expect(age(CHANGED, '1995', '2009-12-31')).toMatchObject({ is: 'unknown', asks: ['rule'] });
    expect(age({ ...PLAIN, until: '2025-01-01' }, '2010')).toMatchObject({ is: 'unknown', asks: ['rule'] });
    expect(holds({ from: '2024-04-01', until: '2025-04-01' }, '2025-03-31')).toBe(true);
    expect(holds({ from: '2024-04-01', until: '2025-04-01' }, '2025-04-01')).toBe(false);
  });

  it('is not the GBVIMS one of under 18', () => {
    const intake = { survivor: { born: '2008-02-01' }, when: { known: 'day', date: '2026-03-01' } as const };
    expect(under18(intake, '2026-03-01')).toBe('no');
    expect(age(WITH_PROVISO, '2008-02-01', '2026-03-01').is).toBe('yes');
  });
});

describe('a duty', () => {
  it('is due where all its triggers hold, and not where one does not', () => {
    expect(standing(DUTY, {})).toMatchObject({ is: 'due', asks: [] });
    expect(standing(DUTY, { born: '1990' })?.is).toBe('not_due');
    expect(standing(DUTY, { type: 'physical_assault' })?.is).toBe('not_due');
    // Whoever is grown up is asked nothing more for it.
    expect(standing(DUTY, { born: '1990', type: null, open: ['penetration'] })).toMatchObject({ is: 'not_due', asks: [] });
  });

  it('asks for what it cannot know', () => {
    expect(standing(DUTY, { born: undefined })).toMatchObject({ is: 'unknown', asks: ['birth_year'] });
    expect(standing(DUTY, { type: null, open: ['penetration', 'sexual_contact'] })).toMatchObject({ is: 'unknown', asks: ['intake'] });
    expect(standing(DUTY, { type: 'physical_assault', open: ['sexual_contact'] })?.is).toBe('unknown');
  });

  it('looks at her age on the day it happened, or today, as the law says', () => {
    const before = { born: '2006', when: { known: 'day', date: '2024-11-20' } as const };
    expect(standing(DUTY, before)?.is).toBe('due');
    expect(standing({ ...DUTY, age_on: 'today' }, before)?.is).toBe('not_due');
  });

  it('knows without a date that who is young now was young then, and asks whoever is older', () => {
    expect(standing(DUTY, { born: '2010', when: { known: 'no' } })?.is).toBe('due');
    expect(standing(DUTY, { born: '1995', when: { known: 'no' } })).toMatchObject({ is: 'unknown', asks: ['incident_date'] });
    expect(standing(DUTY, { born: '2000', when: { known: 'no' } }, [PLAIN])).toMatchObject({ is: 'unknown', asks: ['birthday', 'incident_date'] });
    expect(standing(DUTY, { born: '1980-05-05', when: { known: 'no' } })?.is).toBe('not_due');
    expect(standing(DUTY, { born: '2010', when: { known: 'day', date: '2027-05-05' } })?.is).toBe('due');
  });

  it('counts pictures that were taken, spread or faked, and not being followed', () => {
    for (const one of ['illegal_filming', 'distribution', 'deepfake'] as const) expect(standing(DUTY, { type: 'non-gbv', digital: [one] })?.is).toBe('due');
    expect(standing(DUTY, { type: 'non-gbv', digital: ['stalking'] })?.is).toBe('not_due');
  });

  it('can look at who did it, and at a disability', () => {
    const care: DutyRule = { ...DUTY, triggers: ['by_caregiver'] };
    expect(standing(care, { relationships: ['no_relation', 'primary_caregiver'] })?.is).toBe('due');
    expect(standing(care, { relationships: ['no_relation'] })?.is).toBe('not_due');
    expect(standing(care, { relationships: ['unknown'] })).toMatchObject({ is: 'unknown', asks: ['perpetrators'] });
    expect(standing(care, { relationships: [] })?.is).toBe('unknown');
    const disability: DutyRule = { ...DUTY, triggers: ['disability'] };
    expect(standing(disability, { disability: 'both' })?.is).toBe('due');
    expect(standing(disability, { disability: 'no' })?.is).toBe('not_due');
    expect(standing(disability, { disability: 'not_told' })?.asks).toEqual(['disability']);
  });

  it('binds only whom it names, from its day on', () => {
    expect(dutiesOf(rules([WITH_PROVISO], DUTY), 'shelter', facts())).toEqual([]);
    expect(dutiesOf(rules([WITH_PROVISO], { ...DUTY, from: '2026-11-28' }), 'counsel', facts())).toEqual([]);
    expect(dutiesOf(rules([WITH_PROVISO], { ...DUTY, until: TODAY }), 'counsel', facts())).toEqual([]);
  });

  it('reads what it looks at from the intake', () => {
    const intake = {
      answers: { penetration: 'no', sexual_contact: 'yes' }, survivor: { born: '2011', disability: 'no' }, perpetrators: [{ relationship: 'primary_caregiver' }, {}],
      digital: ['deepfake'], when: { known: 'month', date: '2026-10' },
    } as const;
    expect(factsOf({ ...intake, perpetrators: [...intake.perpetrators], digital: [...intake.digital] }, TODAY, TODAY)).toEqual({
      born: '2011', age_band: undefined, disability: 'no', reported: TODAY, today: TODAY, type: 'sexual_assault', open: [], digital: ['deepfake'],
      relationships: ['primary_caregiver', undefined], when: { known: 'month', date: '2026-10' },
    });
    expect(factsOf(null, TODAY, TODAY)).toMatchObject({ type: null, born: undefined, relationships: [] });
  });
});
