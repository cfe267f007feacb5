import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance as chance } from '../seal/chance';
import { openCompartment, type Kind, type Place } from '../seal/compartment';
import { PURPOSE } from '../seal/consent';
import { digest } from '../seal/digest';
import { openKnock, type Knock } from '../seal/knock';
import { Mailbox } from '../seal/mailbox';
import { amend, layAgain, nameOf, sealCompartment } from '../seal/report';
import { openWrap } from '../seal/wrap';
import { kindsOf } from './answers';
import { fromBase64, toBase64 } from './base64';
import { openCase, type Opened } from './case';
import { CONTACT, INCIDENT, NOTES, writeContent } from './content';
import { believe, deviceNamed, type Directory } from './directory';
import { closeGift, columnFor, readerNow, sendGift, type Giving } from './give';
import { closeMessage, readMailbox, sendMessage, withdraw, type OpenCase } from './mailbox';
import { makeParcel } from './parcel';
import { Sham } from './sham';
import type { Case } from './wire';
import { columnsFor } from './work';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const [COUNSEL, MEDICAL, POLICE] = [0, 1, 2] as const;
const STORY = '밤에 있었던 일';
const HOUR = 3_600_000;

let city: Sham;
let directory: Directory;
let she: Mailbox;

const box = async (): Promise<OpenCase> => (await readMailbox(she, directory))[0]!;
const kept = (): Case => city.cases.at(-1)!.case;
const center = (at: number) => {
  const found = directory.centers[at]!;
  return { ...found, entry: found.entry! };
};
const giving = (at: number, kinds: number[], more: Partial<Giving> = {}): Giving => ({ center: center(at), kinds, text: `동의해요: ${at} ${kinds.join()}`, counted: false, ...more });
const give = async (one: Giving): Promise<void> => sendGift(she, await closeGift(she, directory, await box(), one, { language: 'ko', now: city.now }, chance));

/** The knocks a center has, the first first. */
async function knocksOf(at: number): Promise<Knock[]> {
  const id = toBase64(city.ids[at]!);
  const own = city.knocks.filter((one) => one.center === id);
  return Promise.all(own.map(({ epoch, knock }) => openKnock(city.teams[at]!, { team: city.ids[at]!, epoch }, fromBase64(knock))));
}

async function reads(at: number, knock?: Knock, knocks: readonly Knock[] = []): Promise<Opened> {
  const latest = (await knocksOf(at)).sort((one, other) => Number(one.consent.givenAt - other.consent.givenAt)).at(-1)!;
  const reader = { center: toBase64(city.ids[at]!), keys: [{ epoch: at + 1, key: city.teams[at]! }], authors: (device: string) => deviceNamed(directory, device), now: city.now, knocks };
  return openCase(kept(), knock ?? latest, reader, new Map());
}

beforeAll(async () => {
  city = await Sham.found();
  directory = believe(city.keys(), city.directory());
  she = await Mailbox.ofRoot(chance(32));
  vi.stubGlobal('fetch', async (asked: string, how?: { body?: string }) => {
    const { status, body } = city.answer(asked.replace('/api/onestop/', ''), how?.body ?? '');
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
  const reading = (at: number, kinds: number[], counted: boolean) => ({ center: center(at), kinds, text: 'as shown', counted });
  const leads = center(COUNSEL).name64;
  const draft = {
    contents: { [INCIDENT]: { happened: STORY }, [CONTACT]: { reach: 'mailbox' as const }, [NOTES]: { wants: ['counsel' as const] } },
    readings: [reading(COUNSEL, kindsOf({ center: leads, kinds: [CONTACT, INCIDENT] }, true), true), reading(MEDICAL, [CONTACT], false)],
    leads, language: 'ko' as const, now: city.now,
  };
  city.answer('report', await makeParcel(she, draft, chance));
});

describe('a reader that was given one thing', () => {
  test('reads that, and gets more when she gives more: what was shown, and bound to the later consent', async () => {
    const first = (await knocksOf(MEDICAL))[0]!;
    expect((await reads(MEDICAL)).parts.get(INCIDENT)).toEqual({ is: 'not_for_us' });
    await sendMessage(she, await closeMessage(she, directory, await box(), '안녕하세요', chance));
    const gift = giving(MEDICAL, [CONTACT, INCIDENT]);
    await give(gift);

    const later = (await knocksOf(MEDICAL))[1]!;
    expect([later.column, later.consent.compartments]).toEqual([first.column, [CONTACT, INCIDENT]]);
    expect(later.consent.givenAt).toBeGreaterThan(first.consent.givenAt);
    expect(later.consent.textHash).toEqual(digest(new TextEncoder().encode(gift.text)));
    expect(later.consent.purposes).toEqual([PURPOSE.services]);
    const opened = await reads(MEDICAL);
    expect(opened.parts.get(INCIDENT)).toMatchObject({ is: 'told', content: { happened: STORY }, byHer: true });
    expect(opened.parts.get(CONTACT)).toMatchObject({ is: 'told', content: { reach: 'mailbox' } });
    expect([opened.parts.get(NOTES), opened.said]).toEqual([{ is: 'not_for_us' }, []]);
    // Under the consent before, nothing opens any more; a consent made wider by somebody else is nobody's.
    expect((await reads(MEDICAL, first)).parts.get(CONTACT)).toEqual({ is: 'doubted', why: 'not_for_you' });
    const wider = { ...later, consent: { ...later.consent, compartments: [CONTACT, INCIDENT, 4] as Kind[] }, consentBytes: later.consentBytes.with(54, 0xff) as typeof later.consentBytes };
    await expect(reads(MEDICAL, wider)).rejects.toMatchObject({ name: 'Refusal' });
  });

  test('is shown to her as it is now, and the one that leads knows it', async () => {
    const open = await box();
    expect(open.parts.every(({ refused }) => refused === null)).toBe(true);
    expect(readerNow(open, center(MEDICAL).name64)?.kinds).toEqual([CONTACT, INCIDENT]);
    expect(readerNow(open, center(COUNSEL).name64)).toMatchObject({ counted: true });
    expect(open.leads).toBe(center(COUNSEL).name64);
    const opened = await reads(COUNSEL);
    expect([opened.parts.get(INCIDENT)?.is, opened.parts.get(NOTES)?.is, opened.said.map(({ is }) => is)]).toEqual(['told', 'told', ['said']]);
    expect(opened.places.find(({ reader }) => reader === center(MEDICAL).name64)?.compartments).toEqual([CONTACT, INCIDENT]);
    // What the one that leads writes anew opens for the other under its later consent.
    const place: Place = { caseId: opened.caseId, kind: INCIDENT as Kind, version: 2 };
    const columns = columnsFor(opened, place.kind, [{ epoch: 1, key: city.teams[COUNSEL]! }], (id) => directory.centers.find(({ name64 }) => name64 === id)?.entry?.publicKey ?? null);
    const sealed = await sealCompartment(place, writeContent(INCIDENT, { happened: '다시' }), columns, chance);
    const medical = await reads(MEDICAL);
    const key = await openWrap(city.teams[MEDICAL]!, sealed.wraps, place, medical.manifest.columns, medical.column);
    expect(await openCompartment(key, place, sealed.closed)).toEqual(writeContent(INCIDENT, { happened: '다시' }));
  });

  test('reads what was written in the very moment, under the consent before, and nothing the later one leaves out', async () => {
    const stale = await box();
    await give(giving(COUNSEL, kindsOf({ center: center(COUNSEL).name64, kinds: [CONTACT] }, true)));
    // Her other tab knows nothing of it yet.
    await sendMessage(she, await closeMessage(she, directory, stale, '그 순간에', chance));
    const all = await knocksOf(COUNSEL);
    const alone = (await reads(COUNSEL)).said.at(-1);
    expect(alone).toMatchObject({ is: 'doubted', why: 'not_for_you' });
    const opened = await reads(COUNSEL, all.at(-1), all);
    expect(opened.said.at(-1)).toMatchObject({ is: 'said', text: '그 순간에' });
    expect(opened.parts.get(INCIDENT)).toEqual({ is: 'not_for_us' });
    await give(giving(COUNSEL, kindsOf({ center: center(COUNSEL).name64, kinds: [CONTACT, INCIDENT] }, true)));
  });

  test('is given the same once, however often it is sent; one that was overtaken is not taken', async () => {
    const open = await box();
    const gift = await closeGift(she, directory, open, giving(MEDICAL, [CONTACT, INCIDENT]), { language: 'ko', now: city.now }, chance);
    const late = await closeGift(she, directory, open, giving(MEDICAL, [CONTACT]), { language: 'ko', now: city.now }, chance);
    const knocks = city.knocks.length;
    await sendGift(she, gift);
    await sendGift(she, gift);
    expect(city.knocks).toHaveLength(knocks + 1);
    await sendMessage(she, await closeMessage(she, directory, await box(), '하나 더', chance));
    await expect(sendGift(she, { ...late, notes: { ...late.notes, version: 9 } })).rejects.toMatchObject({ code: 'onestop.version_taken' });
  });

  test('gets less when she takes one thing back, and keeps the rest', async () => {
    await give(giving(MEDICAL, [CONTACT]));
    const opened = await reads(MEDICAL);
    expect([opened.parts.get(CONTACT)?.is, opened.parts.get(INCIDENT)?.is]).toEqual(['told', 'not_for_us']);
    const { wraps, version } = kept().compartments[INCIDENT - 1]!;
    const place: Place = { caseId: opened.caseId, kind: INCIDENT as Kind, version };
    await expect(openWrap(city.teams[MEDICAL]!, wraps.map(fromBase64), place, opened.manifest.columns, opened.column)).rejects.toMatchObject({ code: 'not_for_you' });
  });

  test('reads nothing once she withdraws, neither what there is nor what is written after', async () => {
    await give(giving(MEDICAL, [CONTACT, INCIDENT]));
    const open = await box();
    await withdraw(she, open, readerNow(open, center(MEDICAL).name64)!, city.now, chance);
    const after = await box();
    expect(readerNow(after, center(MEDICAL).name64)).toBeNull();
    const opened = await reads(MEDICAL);
    expect([opened.takenBackAt, opened.parts.get(INCIDENT)]).toEqual([Math.floor(city.now / HOUR) * HOUR, { is: 'taken_back' }]);
    // A new version, closed as her page closes it; the key the center saved tries every column and every mark it ever had.
    const place: Place = { caseId: opened.caseId, kind: INCIDENT as Kind, version: 2 };
    const readers = after.readers.flatMap(({ column, center: who, kinds, withdrawnAt }) =>
      who === null ? [{ column, publicKey: she.publicKey, recipient: new Uint8Array(16), compartments: kinds as Kind[] }]
        : withdrawnAt === null && who === center(COUNSEL).name64 ? [{ column, publicKey: center(COUNSEL).entry.publicKey, recipient: center(COUNSEL).id, compartments: kinds as Kind[] }] : []);
    const sealed = await sealCompartment(place, writeContent(INCIDENT, { happened: '새로 쓴 것' }), layAgain(after.manifest.columns, readers), chance);
    expect(amend(she, place, nameOf(sealed))).toHaveLength(64);
    for (const knock of await knocksOf(MEDICAL)) {
      const { manifest } = await reads(MEDICAL, knock);
      for (let column = 0; column < 8; column += 1) {
        await expect(openWrap(city.teams[MEDICAL]!, sealed.wraps, place, manifest.columns, column)).rejects.toMatchObject({ code: 'not_for_you' });
      }
    }
  });
});

describe('a center that had nothing', () => {
  test('gets a column that was nobody’s, and the police the purpose that is theirs', async () => {
    const open = await box();
    const taken = open.readers.map(({ column }) => column);
    expect(taken).not.toContain(columnFor(open, center(POLICE).name64, chance));
    await give(giving(POLICE, [INCIDENT]));
    const opened = await reads(POLICE);
    expect(opened.consent.purposes).toEqual([PURPOSE.services, PURPOSE.police]);
    expect([opened.parts.get(INCIDENT)?.is, opened.parts.get(CONTACT)?.is, opened.parts.get(NOTES)?.is]).toEqual(['told', 'not_for_us', 'not_for_us']);
    expect((await reads(COUNSEL)).places).toHaveLength(4);
    // Whom she took it from can be given it again, in another column.
    await give(giving(MEDICAL, [CONTACT]));
    expect((await reads(MEDICAL)).parts.get(CONTACT)?.is).toBe('told');
    expect(taken).not.toContain((await knocksOf(MEDICAL)).at(-1)!.column);
  });

  test('gets nothing when all eight columns are somebody’s', async () => {
    const open = await box();
    const full = { ...open, readers: Array.from({ length: 8 }, (_, column) => ({ ...open.readers[0]!, column })) };
    expect(columnFor(full, 'no center', chance)).toBeNull();
  });
});
