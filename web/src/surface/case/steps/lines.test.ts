import { describe, expect, test } from 'vitest';
import { entryOf, type Entry } from '../../../casework/entries';
import { answersOf, lineOf } from './lines';

// Without catalogues a code stands as it is, which is what an unknown one does with them.
const line = (content: Record<string, unknown>) => lineOf(entryOf(content) as Entry);

describe('a line of the timeline', () => {
  test('says what an entry says', () => {
    expect(line({ entry: 'note', text: '오늘 전화했어요' })).toBe('오늘 전화했어요');
    expect(line({ entry: 'escort_asked', place: '역 앞', code_word: '우산' })).toBe('역 앞 · 우산');
    expect(line({ entry: 'plan', goals: [{ id: '1', words: '쉬고 싶어요', status: 'done' }] })).toBe('쉬고 싶어요 (done)');
    expect(line({ entry: 'intake', answers: { penetration: 'no', sexual_contact: 'no', physical: 'yes' } })).toBe('physical_assault');
    expect(line({ entry: 'plan_confirmed', plan: 1 })).toBe('');
  });

  test('leaves out nothing that this edition does not know', () => {
    expect(line({ entry: 'note', text: '쓴 것', mood: ['calm', 'tired'] })).toBe('쓴 것 · mood: calm, tired');
  });

  test('puts an intake side by side with another, question by question', () => {
    const all = answersOf({ entry: 'intake', answers: { penetration: 'no' }, place: 'home', perpetrators: [{ sex: 'male' }], when: { known: 'day', date: '2026-11-20' } });
    expect([...all.values()]).toEqual(['no', '2026-11-20', 'home', 'male']);
  });
});
