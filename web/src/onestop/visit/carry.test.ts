import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { entryOf } from '../../casework/read';
import { foldCase } from '../../casework/fold';
import { Problem } from '../../kernel/send';
import { browserChance as chance } from '../../seal/chance';
import { withdrawConsent } from '../../seal/consent';
import { openKnock, type Knock } from '../../seal/knock';
import { fromBase64, toBase64 } from '../base64';
import { openCase, type Reader } from '../case';
import type { DeskView } from '../desk';
import { AT, readerOf, sampleCenter, sampleReport, type SampleCenter, type SampleReport } from '../sample';
import type { Case } from '../wire';
import { closeEntry, type Content } from '../work';
import { carry, type Carried, type Road } from './carry';
import { takeAlong, Visit } from './copy';
import { memoryStore, SampleServer } from './sample';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let center: SampleCenter;
let reports: SampleReport[];
let knocks: Map<string, Knock>;
let store: ReturnType<typeof memoryStore>;
let server: SampleServer;
let visit: Visit;
const note = (text: string): Content => ({ entry: 'note', text });
const plan = (words: string): Content => ({ entry: 'plan', goals: [{ id: 'g', words }] });

/** The way of this device; `keys`: other ones than it has as a rule. */
function road(keys: Reader['keys'] = readerOf(center).keys): Road {
  return {
    find: server.find,
    put: server.put,
    open: (sent) => openCase(sent, knocks.get(sent.case)!, { ...readerOf(center), keys }, new Map()),
    close: (at, content) => closeEntry(at, content, { keys, device: center.device, keyOf: () => null, chance }),
    now: () => AT,
  };
}
/** Sends what waits; what was told of each. */
async function go(by = road()): Promise<Carried[]> {
  const told: Carried[] = [];
  await carry(visit, by, (one) => told.push(one));
  return told;
}
const first = () => reports[0]!.sent.case;
/** What stands in a case, as the center reads it. */
async function stands(caseId = first()) {
  const opened = await road().open(server.cases.get(caseId)!);
  return opened!.entries;
}
const texts = async (caseId = first()) => (await stands(caseId)).map((one) => (one.is === 'laid' ? one.entry['text'] : one.why));
const writes = (content: Content, caseId = first()) => visit.keep(caseId, content, 0, AT);
/** A colleague writes meanwhile, with a network. */
async function colleague(content: Content, caseId = first()): Promise<void> {
  const at = await road().open(server.cases.get(caseId)!);
  expect(server.keep(caseId, await closeEntry(at!, content, { keys: readerOf(center).keys, device: center.device, keyOf: () => null, chance }))).toBe(true);
}
/** The page is killed and opened again: nothing is left but what was kept. */
const again = async () => {
  visit = await Visit.open(store, center.device, chance);
};

beforeAll(async () => {
  center = await sampleCenter();
  reports = [await sampleReport(center), await sampleReport(center)];
  knocks = new Map();
  for (const { sent, item } of reports) knocks.set(sent.case, await openKnock(center.key, { team: center.id, epoch: 1 }, fromBase64(item.knock)));
});
beforeEach(async () => {
  store = memoryStore();
  server = new SampleServer(reports, center.author.device);
  const desk = { view: { center: center.name } as DeskView, keys: {} as never, answer: {} as never, knocks: reports.map(({ item }) => item), city: null };
  await takeAlong(store, center.device, {
    from: AT, until: AT + 3_600_000, clock: { server: AT, phone: 0, speed: 1 }, salt: toBase64(chance(16)), credential: null, waiting: [], desk, cases: reports.map(({ sent }) => sent),
  }, chance);
  await again();
});

describe('what waited', () => {
  test('goes in order, each once, into its own case, and waits no more', async () => {
    const second = reports[1]!.sent.case;
    await writes(note('하나'));
    await writes(note('다른 사건'), second);
    await writes(note('둘'));
    expect(await go()).toEqual([{ seq: 1, stuck: null }, { seq: 2, stuck: null }, { seq: 3, stuck: null }]);
    expect(await texts()).toEqual(['하나', '둘']);
    expect(await texts(second)).toEqual(['다른 사건']);
    expect(await visit.waiting()).toEqual([]);
    // The copy is the case as it is now.
    expect((await visit.caseOf(first()))?.entries).toHaveLength(2);
    expect(await go()).toEqual([]);
    expect(await texts()).toEqual(['하나', '둘']);
  });

  test.each(['before', 'after', 'late'] as const)('is neither lost nor doubled when the connection ends %s it arrives', async (when) => {
    await writes(note('하나'));
    await writes(note('둘'));
    server.lose[when] = 1;
    expect(await go()).toEqual([{ seq: 1, stuck: 'later' }]);
    expect((await visit.waiting()).length).toBe(2);
    await again();
    expect((await go()).map(({ stuck }) => stuck)).toEqual([null, null]);
    expect(await texts()).toEqual(['하나', '둘']);
  });

  test('stays whole wherever the page is killed', async () => {
    // Each record that is written while one entry goes: its note, and that it has landed.
    for (const at of [0, 1]) {
      await writes(note(`${at}`));
      let left = at;
      const change = store.change;
      store.change = async (...how) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return change(...how);
      };
      await expect(go()).rejects.toThrow('killed');
      store.change = change;
      await again();
      await go();
    }
    expect(await texts()).toEqual(['0', '1']);
    expect(await visit.waiting()).toEqual([]);
  });

  test('is sent once by two windows at once', async () => {
    await writes(note('하나'));
    const other = await Visit.open(store, center.device, chance);
    await Promise.all([carry(visit, road(), () => undefined), carry(other, road(), () => undefined)]);
    expect(await texts()).toEqual(['하나']);
    expect(await visit.waiting()).toEqual([]);
  });

  test('is kept beside what a colleague set meanwhile, and a decision is asked for', async () => {
    await colleague(plan('처음'));
    // It went along with that plan.
    await visit.landed(99, 1, (await server.find(first()))!);
    await visit.keep(first(), plan('내 것'), 1, AT);
    await colleague(plan('동료 것'));
    expect(await go()).toEqual([{ seq: 1, stuck: null }]);
    const state = foldCase(await stands(), {});
    expect(state.conflicts).toMatchObject([{ about: 'plan', versions: [2, 3] }]);
    const said = (await stands()).map((one) => (one.is === 'laid' ? entryOf(one.entry) : null));
    expect(said).toMatchObject([{ goals: [{ words: '처음' }] }, { goals: [{ words: '동료 것' }] }, { goals: [{ words: '내 것' }], base: 1 }]);
  });

  test('of two about the same thing the later replaces the earlier, if nobody came between', async () => {
    await writes(plan('하나'));
    await writes(plan('둘'));
    await go();
    const state = foldCase(await stands(), {});
    expect(state.conflicts).toEqual([]);
    expect(state.plan.now?.entry.goals[0]?.words).toBe('둘');
  });

  test('a colleague between two of hers is read over by neither', async () => {
    await writes(plan('하나'));
    await writes(plan('둘'));
    await colleague(plan('동료 것'));
    await go();
    const versions = foldCase(await stands(), {}).conflicts.flatMap((one) => one.versions);
    expect(versions).toContain(1);
    expect(versions).toContain(3);
  });

  test('of a case that is gone is told, stays to be read, and takes the copy with it', async () => {
    await writes(note('하나'));
    await writes(note('둘'), reports[1]!.sent.case);
    server.cases.delete(first());
    expect(await go()).toEqual([{ seq: 1, stuck: 'gone' }, { seq: 2, stuck: null }]);
    expect((await visit.waiting()).map(({ content }) => content['text'])).toEqual(['하나']);
    expect(await visit.caseOf(first())).toBeNull();
  });

  test('is not written where she took her consent back', async () => {
    await writes(note('하나'));
    const { sent, column, columns, she } = reports[0]!;
    const { mark } = columns[column]!;
    const at = BigInt(AT + 60_000);
    const withdrawn: Case['withdrawn'] = [{ mark: toBase64(mark), at: Number(at), signature: toBase64(withdrawConsent(she, mark, at)) }];
    server.cases.set(sent.case, { ...server.cases.get(sent.case)!, withdrawn });
    expect(await go()).toEqual([{ seq: 1, stuck: 'taken_back' }]);
    expect(server.asked).not.toContain('put');
    expect(await visit.caseOf(first())).toBeNull();
    expect(await visit.waiting()).toHaveLength(1);
  });

  test('waits for a key that this device was not given', async () => {
    await writes(note('하나'));
    expect(await go({ ...road(), open: async () => null })).toEqual([{ seq: 1, stuck: 'no_key' }]);
    expect(server.asked).not.toContain('put');
    expect((await go()).map(({ stuck }) => stuck)).toEqual([null]);
  });

  test.each([
    [401, 'session.ended', 'signed_out', 1],
    [409, 'onestop.device_not_valid', 'seat_ended', 1],
    [409, 'onestop.case_full', 'onestop.case_full', 2],
    [503, 'status.503', 'later', 1],
  ] as const)('refused with %i %s is told as %s, and nothing is lost', async (status, code, stuck, told) => {
    await writes(note('하나'));
    await writes(note('둘'));
    const refusing: Road = { ...road(), put: async () => Promise.reject(new Problem({ status, code })) };
    expect(await go(refusing)).toEqual([1, 2].slice(0, told).map((seq) => ({ seq, stuck })));
    expect(await visit.waiting()).toHaveLength(2);
    await go();
    expect(await texts()).toEqual(['하나', '둘']);
  });

  test('gives way to others for a while, and then says so', async () => {
    await writes(note('하나'));
    const crowd: Road = { ...road(), put: async () => false };
    expect(await go(crowd)).toEqual([{ seq: 1, stuck: 'crowded' }]);
    expect((await go()).map(({ stuck }) => stuck)).toEqual([null]);
    expect(await texts()).toEqual(['하나']);
  });

  test('that she let go meanwhile is not sent', async () => {
    await writes(note('하나'));
    const letting: Road = { ...road(), close: async (at, content) => (await visit.letGo(1), road().close(at, content)) };
    expect(await go(letting)).toEqual([{ seq: 1, stuck: null }]);
    expect(await texts()).toEqual([]);
  });
});
