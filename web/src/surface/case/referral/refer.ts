// The steps of one referral from the sender's side: offered, agreed, sent, followed, ended. Each is an
// entry of the case, so she and every colleague read the same.

import { Problem } from '../../../kernel/send';
import type { Entry } from '../../../casework/entries';
import type { ReferralState } from '../../../casework/referral';
import type { LetterPen, OpenedReferral } from '../../../onestop/letter';
import type { Witness } from '../../../onestop/referral';
import { letters } from './letters.svelte';

/** How the slots of a case write. */
export type Write = (entry: Entry) => Promise<'sent' | 'taken' | null>;

const parts = () => Promise.all([import('../../../onestop/letter'), import('../../../onestop/referral')]).then(([letter, referral]) => ({ letter, referral }));

/** Why a step could not be taken: a code the catalogues know, or one of ours. */
export type Stopped = string | null;

async function trying(act: () => Promise<Stopped | void>): Promise<Stopped> {
  try {
    return (await act()) ?? null;
  } catch (reason) {
    const code = (reason as { code?: unknown }).code;
    return typeof code === 'string' ? code : 'unreached';
  }
}

const laid = (told: 'sent' | 'taken' | null): Stopped => (told === 'sent' ? null : told === 'taken' ? 'onestop.version_taken' : 'unreached');

/** Shows her what would go, and to whom. */
export function offer(to: string, told: string, fields: string[], pen: LetterPen, write: Write): Promise<Stopped> {
  return trying(async () => {
    const { letter } = await parts();
    const { referral, token } = letter.drawReferral(pen.chance);
    return laid(await write({ entry: 'referral_offered', referral, to, purposes: ['services', 'referral'], fields, content: told, end_token: token }));
  });
}

/** Witnesses that she said yes, by voice or face to face. */
export function heardYes(one: ReferralState, channel: Witness, how: { pen: LetterPen; now: number; language: 'ko' | 'en' }, write: Write): Promise<Stopped> {
  return trying(async () => {
    const { referral } = await parts();
    const offered = one.offer?.entry;
    const entry = offered && how.pen.keyOf(offered.to);
    if (!entry) return 'entry_not_valid_now';
    const giving = { referral: one.referral, to: offered.to, epoch: entry.epoch, told: offered.content, language: how.language, now: how.now };
    const { consent } = referral.witness(giving, channel, how.pen.chance);
    return laid(await write({ entry: 'referral_agreed', referral: one.referral, consent, channel }));
  });
}

/** Notes that she said no. */
export function heardNo(one: ReferralState, channel: Witness, write: Write): Promise<Stopped> {
  return trying(async () => laid(await write({ entry: 'referral_declined', referral: one.referral, channel })));
}

/** Sends what she agreed to, once it is checked that it is that. */
export function send(one: ReferralState, pen: LetterPen, now: number, write: Write): Promise<Stopped> {
  return trying(async () => {
    const { letter, referral } = await parts();
    const [offered, agreed] = [one.offer?.entry, one.agreed?.entry];
    if (!offered?.end_token || !agreed) return 'form_broken';
    const agreement = referral.agreementOf(agreed);
    referral.checkAgreement(agreement, { referral: one.referral, to: offered.to, told: offered.content, now });
    try {
      await letter.sendReferral(letter.LETTER_PURPOSE.referral, offered.to, referral.referralLetter(offered.content, agreement), { referral: one.referral, token: offered.end_token }, pen);
    } catch (reason) {
      // It left before, and only the note of it was lost: closed anew it is other bytes.
      if (!(reason instanceof Problem) || reason.code !== 'onestop.referral_taken') throw reason;
    }
    const told = laid(await write({ entry: 'referral_sent', referral: one.referral }));
    await letters.look(pen);
    return told;
  });
}

/** Ends it at her wish: its letters are gone, for both centers. */
export function end(one: ReferralState, pen: LetterPen, write: Write): Promise<Stopped> {
  return trying(async () => {
    const { referral } = await parts();
    const token = one.offer?.entry.end_token;
    if (!token) return 'form_broken';
    await referral.endReferral(one.referral, token);
    const told = laid(await write({ entry: 'referral_state', referral: one.referral, state: 'revoked' }));
    await letters.look(pen);
    return told;
  });
}

/** What the other center's letters say that the case does not yet: to be noted, so that she reads it too. */
export function news(one: ReferralState, letter: OpenedReferral | undefined, is: { is: string; reason: string }): Entry | null {
  if (!letter || one.sentAt === null) return null;
  const next = ({ accepted: ['sent'], rejected: ['sent'], went_back: ['sent'], done: ['sent', 'accepted'], ended: ['sent', 'accepted', 'rejected', 'done', 'went_back'] } as Record<string, string[]>)[is.is];
  if (!next?.includes(one.is)) return null;
  const state = is.is === 'ended' ? 'revoked' : (is.is as 'accepted' | 'rejected' | 'went_back' | 'done');
  return { entry: 'referral_state', referral: one.referral, state, ...(is.reason === '' ? {} : { reason: is.reason }) };
}
