import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry } from '../../../casework/entries';
import { newReferral, type ReferralState } from '../../../casework/referral';
import { Problem } from '../../../kernel/send';
import { toBase64 } from '../../../onestop/base64';
import type { LetterPen, OpenedReferral } from '../../../onestop/letter';
import { agree, toldText, type Agreement } from '../../../onestop/referral';
import { browserChance as chance } from '../../../seal/chance';
import { end, heardYes, news, send } from './refer';

const sending = vi.hoisted(() => ({ sent: [] as unknown[], refuse: null as unknown, ended: [] as unknown[] }));
vi.mock('../../../onestop/letter', async (actual) => ({
  ...(await actual<object>()),
  sendReferral: (...what: unknown[]) => { if (sending.refuse) return Promise.reject(sending.refuse); sending.sent.push(what); return Promise.resolve(); },
}));
vi.mock('./letters.svelte', () => ({ letters: { look: () => Promise.resolve() } }));
vi.mock('../../../onestop/send', () => ({ tell: (path: string, body: unknown) => { sending.ended.push({ path, body }); return Promise.resolve(); } }));

const NOW = 1_795_770_000_000;
const id = (fill: number) => toBase64(new Uint8Array(16).fill(fill));
const [REFERRAL, SHELTER] = [id(1), id(3)];
const told = toldText({ fields: [{ kind: 1, name: 'where', value: 'x' }], ask: '방 하나' });
const pen = { chance, keyOf: () => ({ epoch: 2 }) } as unknown as LetterPen;
const by = { is: 'center', center: id(2), device: id(8), own: true } as const;

let laid: Entry[];
const write = (entry: Entry) => { laid.push(entry); return Promise.resolve('sent' as const); };

function state(is: ReferralState['is'], agreement: Agreement | null, sentAt: number | null = null): ReferralState {
  const offer = { version: 1, writtenAt: NOW, by, entry: { entry: 'referral_offered' as const, referral: REFERRAL, to: SHELTER, content: told, end_token: toBase64(new Uint8Array(32)) } };
  const { key, ...said } = agreement ?? { consent: '' };
  const agreed = agreement ? { version: 2, writtenAt: NOW, by: { is: 'she' as const }, entry: { entry: 'referral_agreed' as const, referral: REFERRAL, ...said, ...(key ? { more: { key } } : {}) } } : null;
  return { ...newReferral(REFERRAL), is, offer, agreed, sentAt, version: 2 };
}

const giving = { referral: REFERRAL, to: SHELTER, epoch: 2, told, language: 'ko' as const, now: NOW };
beforeEach(() => {
  laid = [];
  [sending.sent, sending.ended, sending.refuse] = [[], [], null];
});

describe('what leaves', () => {
  it('is what she agreed to, and is noted', async () => {
    expect(await send(state('agreed', agree(giving, chance)), pen, NOW, write)).toBeNull();
    expect(sending.sent).toHaveLength(1);
    expect(laid).toEqual([{ entry: 'referral_sent', referral: REFERRAL }]);
  });

  it('is nothing where her yes is to something else, or none', async () => {
    expect(await send(state('agreed', agree({ ...giving, told: toldText({ fields: [], ask: '방 하나' }) }, chance)), pen, NOW, write)).toBe('not_for_this_place');
    expect(await send(state('agreed', agree({ ...giving, to: id(5) }, chance)), pen, NOW, write)).toBe('not_for_you');
    expect(await send(state('agreed', null), pen, NOW, write)).toBe('form_broken');
    expect([sending.sent, laid]).toEqual([[], []]);
  });

  it('left before: only the note of it is made up for', async () => {
    sending.refuse = new Problem({ code: 'onestop.referral_taken', status: 409 });
    expect(await send(state('agreed', agree(giving, chance)), pen, NOW, write)).toBeNull();
    expect(laid).toHaveLength(1);
    sending.refuse = new Problem({ code: 'onestop.key_not_current', status: 409 });
    expect(await send(state('agreed', agree(giving, chance)), pen, NOW, write)).toBe('onestop.key_not_current');
  });
});

it('a yes that was heard is one that can be sent', async () => {
  expect(await heardYes(state('offered', null), 'voice', { pen, now: NOW, language: 'ko' }, write)).toBeNull();
  const [entry] = laid;
  expect(entry).toMatchObject({ entry: 'referral_agreed', channel: 'voice' });
  const agreement = entry as unknown as Agreement;
  expect(await send(state('agreed', { consent: agreement.consent, channel: 'voice' }), pen, NOW, write)).toBeNull();
});

it('ending asks the server first, and notes it then', async () => {
  expect(await end(state('sent', agree(giving, chance), NOW), pen, write)).toBeNull();
  expect(sending.ended).toEqual([{ path: 'referral/end', body: { referral: REFERRAL, token: toBase64(new Uint8Array(32)) } }]);
  expect(laid).toEqual([{ entry: 'referral_state', referral: REFERRAL, state: 'revoked' }]);
});

describe('what the other center answered', () => {
  const letter = {} as OpenedReferral;
  const of = (is: ReferralState['is'], said: string, reason = '') => news(state(is, null, NOW), letter, { is: said, reason });
  it('is noted once, with its reason', () => {
    expect(of('sent', 'accepted')).toEqual({ entry: 'referral_state', referral: REFERRAL, state: 'accepted' });
    expect(of('sent', 'rejected', '방이 없어요')).toMatchObject({ state: 'rejected', reason: '방이 없어요' });
    expect(of('accepted', 'done')).toMatchObject({ state: 'done' });
    expect(of('sent', 'went_back')).toMatchObject({ state: 'went_back' });
    expect(of('accepted', 'ended')).toMatchObject({ state: 'revoked' });
    for (const [is, said] of [['accepted', 'accepted'], ['rejected', 'rejected'], ['sent', 'waiting'], ['sent', 'doubted'], ['revoked', 'ended'], ['done', 'accepted']] as const) expect(of(is, said)).toBeNull();
  });
  it('is nothing as long as nothing left', () => {
    expect(news(state('agreed', null), letter, { is: 'accepted', reason: '' })).toBeNull();
  });
});
