// What she keeps of the names she left, closed in her mailbox for herself alone: what takes each back,
// and what is left of her five. Never whom she named: somebody who makes her open it does not read it.

import { HERSELF } from '../../../seal/consent';
import type { Chance } from '../../../seal/chance';
import { KIND, type Kind, type Place } from '../../../seal/compartment';
import type { Bytes } from '../../../seal/form';
import type { Mailbox } from '../../../seal/mailbox';
import { Refusal } from '../../../seal/refusal';
import { amend, layAgain, nameOf, sealCompartment } from '../../../seal/report';
import { toBase64 } from '../../../onestop/base64';
import type { OpenCase, Part } from '../../../onestop/mailbox';
import type { Base64, Writing } from '../../../onestop/wire';

/**
 * Where it stands: the figures' compartment, which is in every report and which no center's consent
 * names. So every case has room for it, of the same size whether something is in it or not.
 */
export const KEPT_KIND = KIND.figures;

/** The ways to name somebody. */
export const NAMINGS = ['phone', 'handle', 'plate', 'person'] as const;
/** One of them. */
export type NamingKind = (typeof NAMINGS)[number];

/**
 * What one exchange of a code is made of, drawn before it and kept until her entry is there: the same
 * code with the same draw gives the same tokens, and asks the same question. So whatever breaks on the
 * way, also on another day, costs her no second code.
 */
export interface Drawn {
  /** The code it is for, as `readCode` writes it. */
  code: string;
  /** Two nonces, and what blinds each and the question: bytes in base64url. */
  ask: Base64;
  leave: Base64;
  blinds: readonly [Base64, Base64, Base64];
}

/** One name she left. */
export interface Left {
  /** The entry's number. */
  number: Base64;
  /** What takes it back; `null`: taken back. */
  token: Base64 | null;
  kind: NamingKind;
  /** Her own number. */
  people: number;
  /** UTC milliseconds of a full hour. */
  at: number;
  /** What has to be sent again, byte for byte, because nobody said that it came; `null`: it did. */
  going: string | null;
}

/** All of it. */
export interface Kept {
  drawn: Drawn | null;
  left: readonly Left[];
  /** What another edition keeps beside it. */
  rest: Readonly<Record<string, unknown>>;
}

/** Nothing yet. */
export const NOTHING_KEPT: Kept = { drawn: null, left: [], rest: {} };

const FORM = 1;
const FIELD = 'names';

type Loose<T> = Partial<Record<keyof T, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function drawnOf(value: unknown): Drawn | null {
  const { code, ask, leave, blinds } = (value ?? {}) as Loose<Drawn>;
  const [first, second, third] = listOf(blinds);
  const whole = isText(code) && isText(ask) && isText(leave) && isText(first) && isText(second) && isText(third);
  return whole ? { code, ask, leave, blinds: [first, second, third] } : null;
}

function leftOf(value: unknown): Left[] {
  const { number, token, kind, people, at, going } = (value ?? {}) as Loose<Left>;
  const named = NAMINGS.find((one) => one === kind);
  if (!isText(number) || named === undefined || typeof people !== 'number' || typeof at !== 'number') return [];
  return [{ number, token: isText(token) ? token : null, kind: named, people, at, going: isText(going) ? going : null }];
}

/** What stands in the compartment; whatever is not of the form is left out. */
export function readKept(content: Record<string, unknown> | null): Kept {
  const { [FIELD]: names, ...rest } = content ?? {};
  const { drawn, left } = (names ?? {}) as Loose<Kept>;
  return { drawn: drawnOf(drawn), left: listOf(left).flatMap(leftOf), rest };
}

/** Its bytes. */
export function keptBytes({ drawn, left, rest }: Kept): Bytes {
  return Uint8Array.from(new TextEncoder().encode(JSON.stringify({ v: FORM, ...rest, [FIELD]: { drawn, left } })));
}

/** Whether there is anything in it. */
export const isEmpty = ({ drawn, left }: Kept): boolean => drawn === null && left.length === 0;

/** With one more name, or that one as it is now. */
export function withLeft(kept: Kept, left: Left): Kept {
  return { ...kept, left: [...kept.left.filter(({ number }) => number !== left.number), left] };
}

/** How many names one person may leave in ninety days. */
export const NAMES_MAX = 5;
const WINDOW_MILLIS = 90 * 86_400_000;

/** How many of her five are left, as far as this mailbox knows: one taken back is used all the same. */
export function remaining({ left }: Kept, now: number): number {
  return Math.max(0, NAMES_MAX - left.filter(({ at }) => now - at < WINDOW_MILLIS).length);
}

/** The compartment of a case, if she wrote it and it can be read; `null`: it is there and is not to be believed. */
function partOf({ parts }: OpenCase): Part | null {
  const part = parts.find(({ kind }) => kind === KEPT_KIND);
  return part && part.refused === null && part.author.by === 'herself' ? part : null;
}

/** The case that keeps it: the one that has something already, else the oldest that can. `null`: none can. */
export function keeping(cases: readonly OpenCase[]): OpenCase | null {
  const can = cases.filter((one) => partOf(one) !== null && one.readers.some(({ center }) => center === null));
  return can.find((one) => !isEmpty(keptOf(one))) ?? can.at(-1) ?? null;
}

/** What a case keeps. */
export function keptOf(open: OpenCase): Kept {
  return readKept(partOf(open)?.content ?? null);
}

/** Closes it as the next version: for herself, and for nobody else. */
export async function closeKept(she: Mailbox, open: OpenCase, kept: Kept, chance: Chance): Promise<Writing> {
  const part = partOf(open);
  const own = open.readers.find(({ center }) => center === null);
  // Whether there is room was asked before, where it can be said.
  if (!part || !own) throw new Refusal('form_broken');
  const { caseId, columns } = open.manifest;
  const compartments: readonly Kind[] = [KEPT_KIND];
  const place: Place = { caseId, kind: KEPT_KIND, version: part.version + 1 };
  const laid = layAgain(columns, [{ column: own.column, publicKey: she.publicKey, recipient: HERSELF, compartments }]);
  const sealed = await sealCompartment(place, keptBytes(kept), laid, chance);
  return { kind: KEPT_KIND, version: place.version, closed: toBase64(sealed.closed), wraps: sealed.wraps.map(toBase64), signature: toBase64(amend(she, place, nameOf(sealed))) };
}
