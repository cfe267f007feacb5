// What a duty lets be told: the fields it lists and nothing else, and nothing before she was told or
// somebody has written why she could not be. The bytes made here are shown and are sent; there is no
// second way to make them.

import type { Bytes } from '../../seal/form';
import type { Bilingual } from '../../wire';
import type { Duty, Intake } from '../entries';
import type { DutyState } from '../fold';
import { classify, primaryOf } from '../gbv';
import type { CaseRules, DutyRule, PacketField } from './rules';

/** Where the fields come from. Whatever else stands in a case cannot get here. */
export interface PacketSource {
  intake: Intake | null;
  /** What to call her, as she said. */
  called: string;
  /** How she may be reached without harm, as she said; `null`: not for this center, or not said. */
  contact: Record<string, unknown> | null;
  /** The center that reports. */
  reporter: { name: Bilingual; phone: string };
}

/** A field's value: a code of the lists, a text, or several of them by name. */
export type PacketValue = string | boolean | Record<string, string>;
/** What is told. */
export interface Packet {
  v: 1;
  /** The duty's key. */
  duty: string;
  /** The law it is told by. */
  source: string;
  fields: Partial<Record<PacketField, PacketValue>>;
}

const filled = (text: string | undefined) => (text === undefined || text.trim() === '' ? undefined : text);

/** Hers, without what her page keeps beside it. */
function contactOf(contact: PacketSource['contact']): Record<string, string> | undefined {
  const fields = ['reach', 'where', 'when', 'words_allowed', 'who_answers'].flatMap((name): [string, string][] => {
    const value = contact?.[name];
    return typeof value === 'string' && value.trim() !== '' ? [[name, value]] : [];
  });
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

function valueOf(field: PacketField, { intake, called, contact, reporter }: PacketSource, told: boolean): PacketValue | undefined {
  switch (field) {
    case 'called': return filled(called);
    case 'birth_year': return intake?.survivor?.born?.slice(0, 4);
    case 'sex': return intake?.survivor?.sex;
    case 'incident_type': return classify(intake?.answers).type ?? undefined;
    case 'incident_date': return intake?.when?.date;
    case 'incident_place': return intake?.place;
    case 'relationship': return primaryOf(intake?.perpetrators)?.relationship;
    case 'safe_contact': return contactOf(contact);
    case 'told': return told;
    case 'reporter': return { ko: reporter.name.ko, en: reporter.name.en, phone: reporter.phone };
  }
}

/** The packet of a duty. What is not known is left out, never guessed. */
export function packetOf(duty: DutyRule, source: PacketSource, told: boolean): Packet {
  const fields = duty.fields.flatMap((field): [PacketField, PacketValue][] => {
    const value = valueOf(field, source, told);
    return value === undefined ? [] : [[field, value]];
  });
  return { v: 1, duty: duty.key, source: duty.source, fields: Object.fromEntries(fields) };
}

/** The packet byte for byte, as text: what she and the caseworker see is what the receiver gets. */
export function packetText(packet: Packet): string {
  return JSON.stringify(packet);
}

/** The bytes of that text. */
export function packetBytes(text: string): Bytes {
  return Uint8Array.from(new TextEncoder().encode(text));
}

/** Least letters of the reason why she could not be told first: a word is none. */
export const EXCEPTION_LETTERS = 20;

/** Whether a text is a reason. */
export function isReason(text: string): boolean {
  return [...text.trim()].length >= EXCEPTION_LETTERS;
}

/** Why a duty cannot be sent now. */
export type NotYet = 'not_told' | 'undecided' | 'sent_already';

/** Whether a duty may be sent. What allows it must stand in the case already, not in a form. */
export function mayReport(state: DutyState | null): NotYet | null {
  if (!state?.maySend) return 'not_told';
  if (state.sent) return 'sent_already';
  return state.rivals.length > 0 ? 'undecided' : null;
}

/** The entry that says she was told, or why she could not be. It comes before everything else. */
export function clearing(duty: DutyRule, rules: CaseRules, how: { told_at: number } | { exception: string }): Duty {
  if ('exception' in how && !isReason(how.exception)) throw new RangeError('a reason says more than a word');
  return { entry: 'duty', rule: duty.key, rule_version: versionOf(duty, rules), ...how };
}

/** Which rule it is: the day it began, and the hash of all rules of that time. */
export function versionOf({ from }: DutyRule, { hash }: CaseRules): string {
  return `${from} ${hash}`;
}

/** What a report under a duty consists of. */
export interface DutyReport {
  /** 16 random bytes in base64url: never the case's number. */
  referral: string;
  /** Whoever has it ends the referral. */
  endToken: string;
  /** The id of the center that is told. */
  to: string;
  /** What is sent, byte for byte. */
  content: string;
}

/** The entry of the report itself, which she reads as it is sent. */
export function reporting(duty: DutyRule, rules: CaseRules, state: DutyState, report: DutyReport): Duty {
  const refused = mayReport(state);
  if (refused) throw new RangeError(refused);
  const cleared = state.toldAt === null ? { exception: state.exception ?? '' } : { told_at: state.toldAt };
  return {
    entry: 'duty', rule: duty.key, rule_version: versionOf(duty, rules), facts: [...duty.fields], receiver: report.to, ...cleared,
    referral: report.referral, content: report.content, end_token: report.endToken,
  };
}

/** What stands in the entry of a report that was begun; `null`: none was. */
export function reportIn(state: DutyState | null): DutyReport | null {
  const all = state ? [state.now, ...state.rivals, ...state.before] : [];
  for (const { entry } of all.flatMap((one) => one ?? [])) {
    const { referral, receiver: to, content, end_token } = entry;
    if (referral !== undefined && to !== undefined && content !== undefined && end_token !== undefined) return { referral, endToken: end_token, to, content };
  }
  return null;
}

/** What sending needs of the page. */
export interface DutyPorts {
  /** Writes an entry of the case; anything but `sent` is none. */
  write: (entry: Duty) => Promise<'sent' | 'taken' | null>;
  /** Sends the letter with purpose 2; whether it is there now. The same again is the same. */
  send: (report: DutyReport) => Promise<boolean>;
}

/**
 * Reports under a duty: first the entry, which she can read, then the letter. A letter that was begun
 * and did not leave goes out as its entry says it.
 */
export async function report(duty: DutyRule, rules: CaseRules, state: DutyState | null, made: DutyReport, ports: DutyPorts): Promise<'sent' | 'taken' | 'failed' | NotYet> {
  const begun = reportIn(state);
  if (begun) return (await ports.send(begun)) ? 'sent' : 'failed';
  const refused = mayReport(state);
  if (refused || !state) return refused ?? 'not_told';
  const written = await ports.write(reporting(duty, rules, state, made));
  if (written !== 'sent') return written ?? 'failed';
  return (await ports.send(made)) ? 'sent' : 'failed';
}
