import { describe, expect, test } from 'vitest';
import { SampleCase } from '../../casework/sample';
import type { Content } from '../work';
import { basedOn, knew, knowledge, withWaiting, type Waiting } from './waiting';

const BY = { center: 'center-a', device: 'haneul' };
const plan = (words: string): Content => ({ entry: 'plan', goals: [{ id: 'g', words }] });
const note = (text: string): Content => ({ entry: 'note', text });

/** What waits, as it is kept: each knows what stood there when it was written. */
function waits(last: number, ...contents: Content[]): Waiting[] {
  const all: Waiting[] = [];
  for (const content of contents) all.push({ seq: all.length + 1, caseId: 'c', content, at: 0, ...knowledge(content, last, all), mine: [], tried: [] });
  return all;
}

describe('an entry that waits', () => {
  test('stands behind what went along, and replaces what its author had read', () => {
    const at = new SampleCase();
    at.write('haneul', { entry: 'plan', goals: [{ id: 'g', words: '하나' }] });
    const lines = withWaiting(at.lines, waits(1, plan('둘'), plan('셋')), BY);
    expect(lines.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(lines.slice(1)).toMatchObject([{ is: 'laid', ownCenter: true, device: 'haneul', entry: { base: 1 } }, { entry: { base: 2 } }]);
  });

  test('counts as written before what somebody else set meanwhile, so that both stay', () => {
    const at = new SampleCase();
    at.write('haneul', { entry: 'plan', goals: [{ id: 'g', words: '하나' }] });
    const [first] = waits(1, plan('내 것'));
    at.write('bada', { entry: 'plan', goals: [{ id: 'g', words: '동료 것' }] });
    expect(basedOn(first!.content, knew(first!), at.lines)).toBe(1);
  });

  test('counts as written after what others set elsewhere: nothing is asked for', () => {
    const at = new SampleCase();
    at.write('haneul', { entry: 'plan', goals: [{ id: 'g', words: '하나' }] });
    const [first] = waits(1, plan('내 것'));
    at.write('bada', { entry: 'note', text: '전화했어요' });
    expect(basedOn(first!.content, knew(first!), at.lines)).toBe(2);
  });

  test('never claims to have read what nobody could believe', () => {
    const at = new SampleCase();
    const [first] = waits(0, plan('내 것'));
    at.doubt();
    expect(basedOn(first!.content, knew(first!), at.lines)).toBe(0);
  });

  test('knows its own earlier ones wherever they came to stand, and not what stands between', () => {
    const at = new SampleCase();
    at.write('haneul', { entry: 'plan', goals: [] });
    const [, second] = waits(1, plan('하나'), plan('둘'));
    // A colleague was faster: 2 is hers, 3 is the first of this visit.
    at.write('bada', { entry: 'plan', goals: [] });
    at.write('haneul', { entry: 'plan', goals: [] });
    expect(second!.after).toEqual([1]);
    const landed: Waiting = { ...second!, after: [], mine: [3] };
    expect(basedOn(landed.content, knew(landed), at.lines)).toBe(1);
    // Without the colleague it replaces the first.
    const alone = new SampleCase();
    alone.write('haneul', { entry: 'plan', goals: [] });
    alone.write('haneul', { entry: 'plan', goals: [] });
    expect(basedOn(landed.content, knew({ ...landed, mine: [2] }), alone.lines)).toBe(2);
  });

  test('begun as a form before the visit, it has read no more than there was then', () => {
    expect(knowledge({ ...plan('x'), base: 2 }, 5, [])).toEqual({ prior: 2, after: [] });
    const before = waits(5, note('하나'), note('둘'));
    expect(knowledge({ ...plan('x'), base: 6 }, 5, before)).toEqual({ prior: 5, after: [1] });
    expect(knowledge(note('x'), 5, before)).toEqual({ prior: 5, after: [1, 2] });
  });
});
