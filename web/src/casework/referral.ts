// One referral as the entries of the case tell it: offered to her, agreed or declined, sent, answered,
// done or ended. What has really left is never hidden, even where it should not have.

import type { Entry, ReferralAgreed, ReferralOffered, ReferralStated } from './entries';
import { baseOf, type Kept } from './slot';

/** Where a referral stands. `unknown`: nobody has offered it, as far as can be read. */
export const REFERRAL_IS = ['unknown', 'offered', 'agreed', 'declined', 'sent', 'accepted', 'rejected', 'went_back', 'done', 'revoked'] as const;
export type ReferralIs = (typeof REFERRAL_IS)[number];

/** What may follow. Sending without her yes is no step of the process, but it happened if it is said. */
export const REFERRAL_NEXT: Readonly<Record<ReferralIs, readonly ReferralIs[]>> = {
  unknown: ['offered', 'agreed', 'declined', 'sent', 'accepted', 'rejected', 'went_back', 'done', 'revoked'],
  offered: ['agreed', 'declined', 'sent', 'revoked'],
  agreed: ['declined', 'sent', 'revoked'],
  declined: ['agreed', 'sent', 'revoked'],
  sent: ['accepted', 'rejected', 'went_back', 'done', 'revoked'],
  accepted: ['rejected', 'done', 'revoked'],
  rejected: ['revoked'],
  went_back: ['revoked'],
  done: ['revoked'],
  revoked: [],
};

export interface ReferralState {
  referral: string;
  is: ReferralIs;
  /** UTC milliseconds of the entry that brought it there. */
  since: number;
  offer: Kept<ReferralOffered> | null;
  agreed: Kept<ReferralAgreed> | null;
  /** Whether a device witnesses that she agreed, rather than her own signature. */
  witnessed: boolean;
  sentAt: number | null;
  /** When it was accepted or refused. */
  answeredAt: number | null;
  /** Why it was refused. */
  reason: string | null;
  /** She said no after it had left: to be ended, and told her. */
  objects: boolean;
  /** A duty to report carries it, which needs no yes of hers. */
  duty: boolean;
  /** It left without her yes and without a duty. */
  withoutConsent: boolean;
  /** Answers that contradict the one that stands, from somebody who had not read it. */
  rivals: Kept<ReferralStated>[];
  /** The entry that brought it where it is. */
  version: number;
}

/** Why an entry about a referral changes nothing. */
export type ReferralDoubt = 'centers_only' | 'unwitnessed' | 'unsigned' | 'offered_again' | 'out_of_order' | 'referral_ended' | 'rival';

type ReferralEntry = Extract<Entry, { entry: `referral_${string}` }>;

export function newReferral(referral: string): ReferralState {
  return {
    referral, is: 'unknown', since: 0, offer: null, agreed: null, witnessed: false, sentAt: null, answeredAt: null, reason: null,
    objects: false, duty: false, withoutConsent: false, rivals: [], version: 0,
  };
}

/** The referral after one more entry about it, and why that counts for nothing, if so. */
export function stepReferral(state: ReferralState, kept: Kept<ReferralEntry>): { state: ReferralState; doubt: ReferralDoubt | null } {
  const { entry, by } = kept;
  const none = (doubt: ReferralDoubt) => ({ state, doubt });
  const to = goesTo(entry);
  const hers = entry.entry === 'referral_agreed' || entry.entry === 'referral_declined';
  if (by.is === 'she' && !hers && to !== 'revoked') return none('centers_only');
  if (by.is === 'center' && hers && entry.channel === undefined) return none('unwitnessed');
  if (by.is === 'she' && entry.entry === 'referral_agreed' && (!entry.consent || !entry.signature)) return none('unsigned');
  if (state.is === 'revoked') return none('referral_ended');
  // A second offer of the same number could change what she had agreed to.
  if (entry.entry === 'referral_offered' && state.offer) return none('offered_again');
  if (REFERRAL_NEXT[state.is].includes(to)) return { state: moved(state, kept, to), doubt: null };
  if (entry.entry === 'referral_declined' && state.sentAt !== null) return { state: { ...state, objects: true }, doubt: null };
  if (entry.entry === 'referral_state' && to !== state.is && baseOf(kept) < state.version) {
    return { state: { ...state, rivals: [...state.rivals, kept as Kept<ReferralStated>] }, doubt: 'rival' };
  }
  return none('out_of_order');
}

function goesTo(entry: ReferralEntry): ReferralIs {
  switch (entry.entry) {
    case 'referral_offered': return 'offered';
    case 'referral_agreed': return 'agreed';
    case 'referral_declined': return 'declined';
    case 'referral_sent': return 'sent';
    case 'referral_state': return entry.state;
  }
}

function moved(state: ReferralState, kept: Kept<ReferralEntry>, to: ReferralIs): ReferralState {
  const { entry, version, writtenAt, by } = kept;
  const next: ReferralState = { ...state, is: to, since: writtenAt, version };
  if (entry.entry === 'referral_offered') next.offer = kept as Kept<ReferralOffered>;
  if (entry.entry === 'referral_agreed') [next.agreed, next.witnessed] = [kept as Kept<ReferralAgreed>, by.is === 'center'];
  if (entry.entry === 'referral_declined') [next.agreed, next.witnessed] = [null, false];
  // Whoever answered has had it, even if the entry that it left cannot be read.
  if (to === 'sent' || (entry.entry === 'referral_state' && to !== 'revoked')) next.sentAt ??= writtenAt;
  if (to === 'accepted' || to === 'rejected') next.answeredAt = writtenAt;
  if (to === 'rejected' && entry.entry === 'referral_state') next.reason = entry.reason ?? null;
  if (to === 'revoked') next.rivals = [];
  return next;
}

/** With what the duties of the case say of it. */
export function settled(state: ReferralState, duties: ReadonlySet<string>): ReferralState {
  const duty = duties.has(state.referral);
  return { ...state, duty, withoutConsent: state.sentAt !== null && state.agreed === null && !duty };
}
