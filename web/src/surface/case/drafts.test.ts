import { beforeEach, describe, expect, test } from 'vitest';
import { drafts } from './drafts.svelte';

const HOUR = 3_600_000;
const begun = (text = '') => drafts.of('case', 'plan', 3, () => ({ text }));

beforeEach(() => drafts.forget());

describe('a form that was begun', () => {
  test('is the same one when it is opened again, with what it was based on', () => {
    begun().value.text = 'half a goal';
    expect(drafts.of('case', 'plan', 9, () => ({ text: '' }))).toMatchObject({ value: { text: 'half a goal' }, base: 3 });
    expect(drafts.of('other', 'plan', 9, () => ({ text: '' })).value.text).toBe('');
  });

  test('outlives a lock for the same key only, and for an hour only', () => {
    begun().value.text = 'half a goal';
    drafts.of('case', 'untouched', 0, () => ({ text: '' }));
    drafts.lock('hers', 0);
    expect(drafts.waiting).toBe(1);
    drafts.open('hers', HOUR);
    expect(begun().value.text).toBe('half a goal');
    drafts.lock('hers', 0);
    drafts.open('another', 1);
    expect(begun().value.text).toBe('');
    begun().value.text = 'half a goal';
    drafts.lock('hers', 0);
    drafts.open('hers', HOUR + 1);
    expect(begun().value.text).toBe('');
  });

  test('is thrown away while the page stays locked too long, and when it is sent', () => {
    begun().value.text = 'half a goal';
    drafts.lock('hers', 0);
    drafts.age(HOUR);
    expect(drafts.waiting).toBe(1);
    drafts.age(HOUR + 1);
    expect(drafts.waiting).toBe(0);
    expect(drafts.has('case', 'plan')).toBe(false);
    begun();
    drafts.drop('case', 'plan');
    expect(drafts.has('case', 'plan')).toBe(false);
  });
});
