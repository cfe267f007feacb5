// What a referral says and where it stands: for pages on which nothing of the seal is loaded yet.

import { Refusal } from '../seal/refusal';
import type { LetterContent, OpenedReferral } from './letter';
import { tell } from './send';

/** What a referral is for, by the number the server is told. */
export const LETTER_PURPOSE = { referral: 1, duty: 2, figures: 3 } as const;
export type LetterPurpose = (typeof LETTER_PURPOSE)[keyof typeof LETTER_PURPOSE];

/** One field that is chosen: of which compartment, which, and what it says. */
export interface Chosen {
  kind: number;
  name: string;
  value: unknown;
}
/** What goes to the other center. */
export interface Told {
  fields: Chosen[];
  /** What is asked of it, in words. */
  ask: string;
}

const NAME = (kind: number, name: string) => `${kind}.${name}`;

/** The exact text that would be sent: what she is shown is read from it, and its hash stands in her consent. */
export function toldText({ fields, ask }: Told): string {
  return JSON.stringify({ fields: Object.fromEntries(fields.map(({ kind, name, value }) => [NAME(kind, name), value])), ask });
}

/** What such a text says; a text that is none of ours is refused. */
export function readTold(text: string): Told {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Refusal('form_broken');
  }
  const { fields, ask } = (read ?? {}) as { fields?: unknown; ask?: unknown };
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields) || typeof ask !== 'string') throw new Refusal('form_broken');
  const chosen = Object.entries(fields).map(([at, value]): Chosen => {
    const [, kind, name] = /^(\d{1,2})\.(.+)$/su.exec(at) ?? [];
    if (!kind || !name) throw new Refusal('form_broken');
    return { kind: Number(kind), name, value };
  });
  return { fields: chosen, ask };
}

/** The same for a page that shows it; `null`: nothing that could be shown. */
export function tellable(text: string): Told | null {
  try {
    return readTold(text);
  } catch {
    return null;
  }
}

/** How she said yes, where she did not write it herself. */
export type Witness = 'voice' | 'in_person';

/** A referral as its receiver may read it. */
export type Arrived =
  | { is: 'told'; told: Told; by: 'herself' | Witness; device: string; endsAt: number | null }
  | { is: 'doubted'; why: string }
  | { is: 'gone' };


/** A field of a letter that is text, if it is one. */
export const textIn = (content: LetterContent, name: string): string => (typeof content[name] === 'string' ? content[name] : '');

/** What the receiver has answered. */
export const ANSWERS = ['accepted', 'rejected', 'done'] as const;
export type AnswerCode = (typeof ANSWERS)[number];
/** Where a referral stands, as its letters and the server say together. */
export type Stands = 'waiting' | 'went_back' | 'ended' | 'doubted' | AnswerCode;

/** The answer of a receiver. */
export function answerLetter(state: AnswerCode, reason = ''): LetterContent {
  return { letter: 'answer', state, ...(reason === '' ? {} : { reason }) };
}

/** Where it stands now; `center` reads. Only the receiver's answers count. */
export function stands(open: OpenedReferral, center: string): { is: Stands; reason: string } {
  if (open.state === 'ended') return { is: 'ended', reason: '' };
  const byReceiver = (one: OpenedReferral['letters'][number]) => one.is === 'said' && one.own === (center === open.to) && one.content.letter === 'answer';
  let now: { is: Stands; reason: string } = { is: open.state === 'went_back' ? 'went_back' : 'waiting', reason: '' };
  for (const one of open.letters) {
    if (one.is !== 'said' || !byReceiver(one)) continue;
    const state = ANSWERS.find((code) => code === one.content['state']);
    // Done is done, and what was turned away was not taken.
    const follows = state === 'done' ? now.is === 'accepted' : now.is === 'waiting';
    if (state && follows) now = { is: state, reason: textIn(one.content, 'reason') };
  }
  // It was answered, by something that cannot be read.
  if (now.is === 'waiting' && open.state === 'answered') return { is: 'doubted', reason: '' };
  return now;
}

/** Ends a referral, by its token: its letters are gone from then on. Nobody has to be signed in. */
export async function endReferral(referral: string, token: string): Promise<void> {
  await tell('referral/end', { referral, token });
}
