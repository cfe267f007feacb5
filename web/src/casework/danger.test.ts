import { describe, expect, test } from 'vitest';
import type { Answer } from './codes';
import { assessed, IMMEDIATE_SAFETY as SAFETY, instrumentOf, mayMediate, overrideDoubt, promptsOf, reckon, shownDanger, type Instrument } from './danger';
import type { DangerAssessed } from './entries';

const ids = SAFETY.questions.map(({ id }) => id);
const all = (answer: Answer, but: Record<string, Answer> = {}): Record<string, Answer> => ({ ...Object.fromEntries(ids.map((id) => [id, answer])), ...but });

describe('the questions of our own', () => {
  test('are the six, in this order, with a version and terms', () => {
    expect(ids).toEqual(['strangulation', 'weapon', 'threat_to_kill', 'fear', 'children', 'escalating']);
    expect(SAFETY).toMatchObject({ version: '1', terms: expect.stringContaining('not validated') });
  });

  test.each([
    ['nothing', all('no'), 0, 'none_told', []],
    ['fear', all('no', { fear: 'yes' }), 1, 'some', ['emergency_plan']],
    ['children', all('no', { children: 'yes' }), 1, 'some', ['emergency_plan', 'children']],
    ['a weapon', all('no', { weapon: 'yes' }), 3, 'high', ['supervisor_now', 'emergency_plan']],
    ['a threat to kill', all('no', { threat_to_kill: 'yes' }), 3, 'high', ['supervisor_now', 'emergency_plan']],
    ['strangulation', all('no', { strangulation: 'yes' }), 3, 'high', ['medical_now', 'supervisor_now', 'emergency_plan']],
    ['fear, children and worse each time', all('no', { fear: 'yes', children: 'yes', escalating: 'yes' }), 3, 'high', ['supervisor_now', 'emergency_plan', 'children']],
    ['everything', all('yes'), 12, 'high', ['medical_now', 'supervisor_now', 'emergency_plan', 'children']],
  ] as const)('%s', (_what, answers, score, band, prompts) => {
    expect(reckon(SAFETY, answers)).toEqual({ score, band, open: [] });
    expect(promptsOf(SAFETY, answers)).toEqual(prompts);
  });

  test('put medical help first for strangulation, known or feared, whatever else is said', () => {
    for (const answer of ['yes', 'unsure'] as const) {
      for (const rest of ['yes', 'no', 'unsure', 'not_told'] as const) {
        expect(promptsOf(SAFETY, all(rest, { strangulation: answer }))[0]).toBe('medical_now');
      }
    }
    expect(promptsOf(SAFETY, all('yes', { strangulation: 'no' }))).not.toContain('medical_now');
  });

  test('give no lower band while a higher one is open', () => {
    expect(reckon(SAFETY, {})).toEqual({ score: 0, band: null, open: ids });
    expect(reckon(SAFETY, all('no', { weapon: 'unsure' })).band).toBeNull();
    expect(reckon(SAFETY, all('no', { fear: 'not_told' })).band).toBeNull();
    expect(reckon(SAFETY, { strangulation: 'yes' }).band).toBe('high');
  });
});

describe('an assessment', () => {
  const written = assessed(SAFETY, all('no', { strangulation: 'yes' }), '오늘 밤이 무서워요', undefined, 4);

  test('keeps instrument, version, answers, score, band and her own view', () => {
    expect(written).toEqual({
      entry: 'danger', base: 4, instrument: SAFETY.id, version: '1', answers: all('no', { strangulation: 'yes' }), score: 3, band: 'high', own_view: '오늘 밤이 무서워요',
    });
    expect(shownDanger(written)).toMatchObject({ band: 'high', reckoned: 'high', reason: null, ownView: '오늘 밤이 무서워요', differs: false });
  });

  test('that is set otherwise needs a band there is and a reason', () => {
    expect(overrideDoubt(SAFETY, { band: 'some', reason: ' ' })).toBe('no_reason');
    expect(overrideDoubt(SAFETY, { band: 'extreme', reason: 'r' })).toBe('no_such_band');
    expect(overrideDoubt(SAFETY, { band: 'some', reason: 'r' })).toBeNull();
  });

  test('that is set lower asks for no less, and one that is set higher for more', () => {
    const lower: DangerAssessed = { ...written, override: { band: 'none_told', reason: 'r' } };
    expect(shownDanger(lower)).toMatchObject({ band: 'none_told', reckoned: 'high', reason: 'r', prompts: ['medical_now', 'supervisor_now', 'emergency_plan'] });
    // Also where the band alone asks for somebody: three of the smaller things together.
    const smaller = all('no', { fear: 'yes', children: 'yes', escalating: 'yes' });
    expect(shownDanger({ ...assessed(SAFETY, smaller, '', undefined, 0), override: { band: 'some', reason: 'r' } }).prompts).toContain('supervisor_now');
    const higher: DangerAssessed = { ...assessed(SAFETY, all('no'), '', undefined, 0), override: { band: 'high', reason: 'r' } };
    expect(shownDanger(higher).prompts).toEqual(['supervisor_now', 'emergency_plan']);
  });

  test('of another version is shown as it was written and not reckoned anew', () => {
    const older: DangerAssessed = { ...written, version: '0', score: 17, band: 'severe' };
    expect(instrumentOf(older)).toBeNull();
    expect(shownDanger(older)).toMatchObject({ band: 'severe', prompts: [], differs: false });
    const other: Instrument = { ...SAFETY, version: '0', bands: [{ name: 'severe', from: 0, prompts: ['medical_now'] }] };
    expect(shownDanger(older, [other])).toMatchObject({ prompts: ['medical_now', 'supervisor_now', 'emergency_plan'], differs: true });
  });

  test('whose score is another than its answers says so', () => {
    expect(shownDanger({ ...written, score: 0 }).differs).toBe(true);
    expect(shownDanger({ ...written, band: 'some' }).differs).toBe(true);
  });

  test('does not take a name of every object for an answer', () => {
    const odd: Instrument = { ...SAFETY, questions: [{ id: 'constructor', weight: 5, prompts: ['medical_now'] }] };
    expect(reckon(odd, {})).toMatchObject({ score: 0, open: ['constructor'] });
  });
});

test('mediation by the family is never offered where a partner did it', () => {
  expect(mayMediate({ perpetrators: [{ relationship: 'schoolmate' }] })).toBe(true);
  expect(mayMediate({ perpetrators: [{ relationship: 'schoolmate' }, { relationship: 'intimate_partner_former_partner' }] })).toBe(false);
});
