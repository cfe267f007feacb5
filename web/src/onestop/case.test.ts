import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance as chance } from '../seal/chance';
import { KINDS, type Kind } from '../seal/compartment';
import { giveConsent, readConsent, withdrawConsent, writeConsent } from '../seal/consent';
import { digest } from '../seal/digest';
import { knockFor, openKnock, type Knock } from '../seal/knock';
import { Mailbox } from '../seal/mailbox';
import { TeamKey, withdrawColumn } from '../seal/team';
import { findColumn } from '../seal/wrap';
import { signMoved } from '../seal/written';
import { moveCase, writeAnswer } from './answer';
import { fromBase64, toBase64 } from './base64';
import { inDanger, openCase, sheWroteLast, type Seen } from './case';
import { CONTACT, INCIDENT, MESSAGE, NOTES, SAFETY } from './content';
import { AT, readerOf, sampleCenter, sampleReport, saying, written, type SampleCenter, type SampleReport } from './sample';
import type { Case, Written } from './wire';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let center: SampleCenter;
let other: SampleCenter;
let report: SampleReport;
let knock: Knock;
const open = (sent: Case = report.sent, seen: Seen = new Map()) => openCase(sent, knock, readerOf(center), seen);
const refusal = async (act: Promise<unknown>) => ((await act.catch((error: unknown) => error)) as { code?: string }).code;
const withPart = (kind: number, change: (one: Written) => Partial<Written>): Case =>
  ({ ...report.sent, compartments: report.sent.compartments.map((one) => (one.kind === kind ? { ...one, ...change(one) } : one)) });

beforeAll(async () => {
  [center, other] = [await sampleCenter(), await sampleCenter()];
  report = await sampleReport(center);
  knock = await openKnock(center.key, { team: center.id, epoch: 1 }, fromBase64(report.item.knock));
});

describe('a case', () => {
  test('opens what her consent opens, and of the rest does not even say whether there is anything', async () => {
    const opened = await open();
    expect(opened.parts.get(CONTACT)).toMatchObject({ is: 'told', content: { reach: 'mailbox' }, byHer: true });
    expect(opened.parts.get(INCIDENT)).toEqual({ is: 'not_for_us' });
    expect(opened.parts.get(5)).toEqual({ is: 'not_for_us' });
    expect(opened.notes?.['wants']).toEqual(['counsel']);
    expect(opened.places.map(({ reader }) => reader)).toEqual(['herself', center.name]);
    expect(inDanger(opened)).toBe(true);
    expect(JSON.stringify([...opened.parts])).not.toContain('말하지');
  });

  test('is refused with a consent she did not give', async () => {
    const thief = await Mailbox.ofRoot(chance(32));
    expect(await refusal(openCase(report.sent, { ...knock, signature: giveConsent(thief, knock.consentBytes) }, readerOf(center), new Map()))).toBe('signature_wrong');
    // One that says more than hers has another mark than the one in the manifest.
    const wider = writeConsent({ ...readConsent(knock.consentBytes), compartments: KINDS });
    const forged = await knockFor(report.she, report.columns, { ...report.theirs, consent: wider }, chance).catch(() => null);
    expect(forged).toBeNull();
    const { column, caseId } = knock;
    const claimed: Knock = { caseId, column, consent: readConsent(wider), consentBytes: wider, signature: giveConsent(report.she, wider) };
    // A later one of her own is taken, and opens nothing that was closed under the one before.
    const opened = await openCase(report.sent, claimed, readerOf(center), new Map());
    expect([...opened.parts.values()].filter(({ is }) => is === 'told')).toEqual([]);
    expect(opened.parts.size).toBeGreaterThan(0);
  });

  test('is refused under the number of another, and when its manifest is not signed', async () => {
    const second = await sampleReport(center);
    expect(await refusal(open(second.sent))).toBe('form_broken');
    expect(await refusal(open({ ...report.sent, signature: second.sent.signature }))).toBe('signature_wrong');
  });

  test('shows nothing whose wraps or content were exchanged', async () => {
    const wraps = ([first, second, ...rest]: string[]) => [second!, first!, ...rest];
    const swapped = await open(withPart(CONTACT, (one) => ({ wraps: wraps(one.wraps) })));
    expect(swapped.parts.get(CONTACT)).toEqual({ is: 'doubted', why: 'signature_wrong' });
    expect(swapped.parts.get(SAFETY)).toMatchObject({ is: 'told' });
    const [, , , , , , , safety] = report.sent.compartments;
    const moved = await open(withPart(CONTACT, () => ({ closed: safety!.closed, wraps: safety!.wraps })));
    expect(moved.parts.get(CONTACT)).toEqual({ is: 'doubted', why: 'signature_wrong' });
    const short = await open(withPart(CONTACT, (one) => ({ wraps: one.wraps.slice(1) })));
    expect(short.parts.get(CONTACT)).toEqual({ is: 'doubted', why: 'wraps_not_eight' });
  });

  test('is not opened in a version older than one seen before', async () => {
    const seen: Seen = new Map([[`${report.sent.case}:${CONTACT}`, 2]]);
    expect((await open(report.sent, seen)).parts.get(CONTACT)).toEqual({ is: 'doubted', why: 'older_than_seen' });
  });

  test('stays closed once she took it back, and only she can', async () => {
    const mark = report.columns[report.column]!.mark;
    const taken = { mark: toBase64(mark), at: AT, signature: toBase64(withdrawConsent(report.she, mark, BigInt(AT))) };
    const compartments = await Promise.all(report.sent.compartments.map(async (one) => {
      const place = { caseId: report.caseId, kind: one.kind as Kind, version: 1 };
      const before = one.wraps.map(fromBase64);
      const after = await withdrawColumn(before, place, report.columns, report.column, chance);
      const signature = signMoved(report.she, place, { closedHash: digest(fromBase64(one.closed)), before: digest(...before), after: digest(...after) });
      return { ...one, wraps: after.map(toBase64), moves: [{ wraps_before: toBase64(digest(...before)), author: null, signature: toBase64(signature) }] };
    }));
    const opened = await open({ ...report.sent, compartments, withdrawn: [taken] });
    expect(opened.takenBackAt).toBe(AT);
    expect(opened.parts.get(CONTACT)).toEqual({ is: 'taken_back' });
    expect(opened.parts.get(INCIDENT)).toEqual({ is: 'not_for_us' });
    // Without her word for it the same dummies are a change nobody explains.
    expect((await open({ ...report.sent, compartments })).parts.get(CONTACT)).toEqual({ is: 'doubted', why: 'not_for_you' });
    const thief = await Mailbox.ofRoot(chance(32));
    const forged = { ...taken, signature: toBase64(withdrawConsent(thief, mark, BigInt(AT))) };
    expect(await refusal(open({ ...report.sent, withdrawn: [forged] }))).toBe('signature_wrong');
  });
});

describe('what is said', () => {
  test('is whose signature it bears, in order, and none is left out', async () => {
    const messages = [await saying(report, 1, 'center', '어떻게 도울까요', center), await saying(report, 2, 'herself', '전화는 말고요')];
    const opened = await open({ ...report.sent, messages });
    expect(opened.said).toMatchObject([{ text: '어떻게 도울까요', byHer: false, ownCenter: true }, { text: '전화는 말고요', byHer: true }]);
    expect(sheWroteLast(opened)).toBe(true);
    const without = await open({ ...report.sent, messages: messages.slice(1) });
    expect(without.said).toMatchObject([{ is: 'doubted', why: 'message_missing' }, { is: 'said' }]);
    const seen: Seen = new Map();
    await open({ ...report.sent, messages }, seen);
    expect((await open({ ...report.sent, messages: messages.slice(0, 1) }, seen)).said.at(-1)).toMatchObject({ is: 'doubted', why: 'message_missing' });
  });

  test('by a device nobody knows, of a center she did not choose, or in another\'s name is not shown', async () => {
    const stranger = await saying(report, 1, 'center', '가짜', other);
    expect((await open({ ...report.sent, messages: [stranger] })).said).toMatchObject([{ is: 'doubted', why: 'author_unknown' }]);
    const listed = await openCase({ ...report.sent, messages: [stranger] }, knock, readerOf(center, undefined, [center, other]), new Map());
    expect(listed.said).toMatchObject([{ is: 'doubted', why: 'author_unknown' }]);
    const asHer = { ...(await saying(report, 1, 'herself', '가짜', center)), author: null };
    expect((await open({ ...report.sent, messages: [asHer] })).said).toMatchObject([{ is: 'doubted', why: 'signature_wrong' }]);
    const claims = await saying(report, 1, 'herself', '가짜', center);
    expect((await open({ ...report.sent, messages: [claims] })).said).toMatchObject([{ is: 'doubted', why: 'signature_wrong' }]);
    expect(JSON.stringify((await open({ ...report.sent, messages: [stranger, claims] })).said)).not.toContain('가짜');
  });

  test('as an answer opens for her and for the center, and for nobody else', async () => {
    const opened = await open();
    const writing = await writeAnswer(opened, '읽었어요', { reader: readerOf(center), device: center.device, keyOf: () => null, chance });
    expect(writing).toMatchObject({ kind: MESSAGE, version: 1 });
    const place = { caseId: report.caseId, kind: MESSAGE as Kind, version: 1 };
    const wraps = writing.wraps.map(fromBase64);
    expect((await findColumn(report.she, wraps, place, opened.manifest.columns)).column).toBe(opened.places[0]!.column);
    expect((await findColumn(center.key, wraps, place, opened.manifest.columns)).column).toBe(report.column);
    expect(await refusal(findColumn(other.key, wraps, place, opened.manifest.columns))).toBe('not_for_you');
    const messages = [{ ...written(place, fromBase64(writing.closed), wraps, center.author.device, fromBase64(writing.signature)) }];
    const again = await open({ ...report.sent, messages });
    expect(again.said).toMatchObject([{ text: '읽었어요', byHer: false }]);
    expect(again.last).toBe(1);
  });
});

describe('when the center\'s key changes', () => {
  test('a moved case opens with the new key only, and a second move finds nothing to do', async () => {
    const sent = { ...report.sent, messages: [await saying(report, 1, 'herself', '여기 있어요')] };
    const next = await TeamKey.draw(chance);
    const keys = [{ epoch: 2, key: next }, { epoch: 1, key: center.key }];
    const reader = readerOf(center, keys);
    const own = { reader, device: center.device, chance };
    const moved = await moveCase(sent, await openCase(sent, knock, reader, new Map()), own);
    expect(moved).toHaveLength(13);
    const after = (one: Written): Written => {
      const by = moved.find(({ kind, version }) => kind === one.kind && version === one.version)!;
      return { ...one, wraps: by.wraps, moves: [{ wraps_before: toBase64(digest(...one.wraps.map(fromBase64))), author: center.author.device, signature: by.signature }] };
    };
    const now = { ...sent, compartments: sent.compartments.map(after), messages: sent.messages.map(after) };
    const opened = await openCase(now, knock, readerOf(center, keys.slice(0, 1)), new Map());
    expect(opened.parts.get(CONTACT)).toMatchObject({ is: 'told', content: { reach: 'mailbox' } });
    expect(opened.said).toMatchObject([{ text: '여기 있어요' }]);
    const left = await openCase(now, knock, readerOf(center, keys.slice(1)), new Map());
    expect(left.parts.get(CONTACT)).toEqual({ is: 'doubted', why: 'not_for_you' });
    expect(left.parts.get(NOTES)).toEqual({ is: 'doubted', why: 'not_for_you' });
    expect(await moveCase(now, opened, own)).toEqual([]);
    // Every wrap of the column changed, also where it opens nothing; no other did.
    for (const [at, one] of now.compartments.entries()) {
      const same = one.wraps.filter((wrap, column) => wrap === sent.compartments[at]!.wraps[column]);
      expect(same).toHaveLength(7);
      expect(one.wraps[report.column]).not.toBe(sent.compartments[at]!.wraps[report.column]);
    }
    // Whoever moved it may have left since: what she wrote is still signed. A wrong signature of one
    // who is known explains nothing.
    const gone = (author: string) => ({ ...now, compartments: now.compartments.map((one) => ({ ...one, moves: one.moves.map((move) => ({ ...move, author })) })) });
    expect((await openCase(gone(other.author.device), knock, reader, new Map())).parts.get(CONTACT)).toMatchObject({ is: 'told' });
    const listed = readerOf(center, keys, [center, other]);
    expect((await openCase(gone(other.author.device), knock, listed, new Map())).parts.get(CONTACT)).toEqual({ is: 'doubted', why: 'signature_wrong' });
  });
});
