import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { browserChance } from '../../../seal/chance';
import { Mailbox } from '../../../seal/mailbox';
import { INCIDENT } from '../../../onestop/content';
import { believe } from '../../../onestop/directory';
import { readMailbox, withdraw } from '../../../onestop/mailbox';
import { makeParcel } from '../../../onestop/parcel';
import { tell } from '../../../onestop/send';
import { Sham } from '../../../onestop/sham';
import { visit } from '../visit.svelte';
import { canKeep, hers } from './keeping';
import { KEPT_KIND, withLeft, type Left } from './kept';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000 });

const left = (number: string): Left => ({ number, token: 'dG9rZW4', kind: 'plate', people: 2, at: 1_764_000_000_000, going: null });
const names = () => hers.kept().left.map(({ number }) => number);

describe('her mailbox keeps what takes a name back', () => {
  let city: Sham;
  const real = globalThis.fetch;

  beforeEach(async () => {
    city = await Sham.found(1_764_000_000_000);
    globalThis.fetch = (asked, how) => {
      const path = (asked as string).replace('/api/onestop/', '');
      const { status, body } = city.answer(path, (how?.body as string | undefined) ?? '');
      return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
    };
    const directory = believe(city.keys(), city.directory());
    const she = await Mailbox.ofRoot(browserChance(32));
    const [center] = directory.centers;
    if (!center?.entry) throw new Error('the center has no key');
    const readings = [{ center: { ...center, entry: center.entry }, kinds: [3, 11, 13, 14], text: '글', counted: false }];
    await tell('report', await makeParcel(she, { contents: { [INCIDENT]: { happened: '글' } }, readings, leads: center.name64, language: 'ko', now: city.now }, browserChance));
    visit.she = she;
    visit.directory = directory;
    visit.cases = await readMailbox(she, directory);
  });
  afterEach(() => {
    globalThis.fetch = real;
    visit.stop();
  });
  const again = async () => {
    if (!visit.she || !visit.directory) throw new Error('no mailbox');
    visit.cases = await readMailbox(visit.she, visit.directory);
  };

  test('closed for herself, in a place every report has, of the size it had', async () => {
    expect(canKeep()).toBe(true);
    const before = city.cases[0]?.case.compartments.map(({ closed, wraps }) => [closed.length, wraps.length]);
    await hers.change((kept) => withLeft(kept, left('one')));
    await hers.change((kept) => withLeft(kept, left('two')));
    expect(names()).toEqual(['one', 'two']);
    await again();
    expect(names()).toEqual(['one', 'two']);
    expect(city.cases[0]?.case.compartments.map(({ closed, wraps }) => [closed.length, wraps.length])).toEqual(before);
    for (const center of [0, 1, 2]) expect(await city.reads(center, KEPT_KIND), `center ${center}`).toBeNull();
    // What a center reads is as it was.
    expect(await city.reads(0, INCIDENT)).toEqual({ happened: '글' });
  });

  test('two pages of hers lose nothing of each other', async () => {
    const stale = visit.cases;
    await hers.change((kept) => withLeft(kept, left('one')));
    visit.cases = stale;
    await hers.change((kept) => withLeft(kept, left('two')));
    await again();
    expect(names()).toEqual(['one', 'two']);
  });

  test('and a consent is taken back after it as before it', async () => {
    await hers.change((kept) => withLeft(kept, left('one')));
    const [open] = visit.cases;
    const reader = open?.readers.find(({ center }) => center !== null);
    if (!visit.she || !open || !reader) throw new Error('nothing to take back');
    await withdraw(visit.she, open, reader, city.now, browserChance);
    await again();
    expect(names()).toEqual(['one']);
    await hers.change((kept) => withLeft(kept, left('two')));
    await again();
    expect(names()).toEqual(['one', 'two']);
  });

  test('without a case there is nowhere to keep it, and that is said before', async () => {
    visit.cases = [];
    expect(canKeep()).toBe(false);
    await expect(hers.change((kept) => kept)).rejects.toMatchObject({ code: 'nowhere_to_keep' });
  });

  test('what somebody else wrote there is not believed', async () => {
    visit.cases = visit.cases.map((one) => ({ ...one, parts: one.parts.map((part) => (part.kind === KEPT_KIND ? { ...part, author: { by: 'unproved' }, content: { names: { left: [left('theirs')] } } } : part)) }));
    expect(canKeep()).toBe(false);
    expect(names()).toEqual([]);
  });
});
