// What stands in the compartments: JSON, every field optional. Reading is tolerant, because another
// edition of the page may have written it: a field it does not know is kept and shown as text.

import type { Evidence } from '../evidence/list';
import type { Bytes } from '../seal/form';

/** The kinds by number, as `engine/seal` counts them. */
export const CONTACT = 1;
export const IDENTITY = 2;
export const INCIDENT = 3;
export const PERPETRATOR = 4;
export const SAFETY = 8;
export const EVIDENCE = 10;
export const NOTES = 11;
export const MESSAGE = 13;
export const CASEWORK = 14;

export const REACHES = ['mailbox', 'phone', 'text', 'email', 'in_person'] as const;
export type Reach = (typeof REACHES)[number];
/** 1: how she may be reached without harm. */
export interface Contact {
  reach?: Reach;
  where?: string;
  when?: string;
  words_allowed?: string;
  who_answers?: string;
}

/** 2: what to call her, and what she needs. */
export interface Identity {
  called?: string;
  birth_year?: number;
  language?: string;
  access_needs?: string;
}

export const TIMES_OF_DAY = ['morning', 'noon', 'evening', 'night'] as const;
export type TimeOfDay = (typeof TIMES_OF_DAY)[number];
export const PLACES = [
  'home', 'street', 'alley_stairwell', 'school', 'work_place', 'night_bus', 'subway', 'taxi', 'lodging', 'convenience_store', 'online', 'other',
] as const;
export type PlaceCode = (typeof PLACES)[number];
export const DIGITAL = ['illegal_filming', 'distribution', 'deepfake', 'stalking'] as const;
export type Digital = (typeof DIGITAL)[number];
/** How well the day is known, and what is known of it: `2026-11-03`, `2026-11`, or nothing. */
export interface When {
  known: 'day' | 'month' | 'no';
  date?: string;
}
/** 3: what happened. */
export interface Incident {
  happened?: string;
  when?: When;
  time_of_day?: TimeOfDay;
  place?: PlaceCode;
  where?: string;
  digital?: Digital[];
}

/** Codes of the GBVIMS, without the two for camps. */
export const RELATIONSHIPS = [
  'intimate_partner_former_partner', 'primary_caregiver', 'family_other_than_spouse_or_caregiver', 'supervisor_employer', 'schoolmate',
  'teacher_school_official', 'service_provider', 'cotenant_housemate', 'family_friend_neighbor', 'other', 'no_relation', 'unknown',
] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];
/** 4: who did it. */
export interface Perpetrator {
  who?: string;
  relationship?: Relationship;
}

export const DANGERS = ['yes', 'no', 'unsure'] as const;
export type Danger = (typeof DANGERS)[number];
/** 8: whether she is in danger. */
export interface Safety {
  in_danger_now?: Danger;
  own_view?: string;
}

export const WANTS = ['counsel', 'medical', 'legal', 'shelter', 'police', 'keep_record', 'decide_later'] as const;
export type Want = (typeof WANTS)[number];
/** Who reads in one column. */
export interface ColumnNote {
  column: number;
  /** A center's id in base64url, or she. */
  reader: 'herself' | (string & {});
  compartments: number[];
  /** Whether it may give a line without a name to the figures. */
  counted?: boolean;
  /** Of a consent that came after the report: its mark, in base64url. */
  mark?: string;
  /** When she gave that, UTC milliseconds as it is signed. */
  given_at?: number;
}
/** 11: what she wants, who leads, and whose column is whose. */
export interface Notes {
  wants?: Want[];
  /** The leading center's id in base64url. */
  leads?: string;
  columns?: ColumnNote[];
}

/** 13: one thing said between her and the leading center. */
export interface Message {
  from?: 'herself' | 'center';
  text?: string;
}

/** 14: one entry of the work on the case. What stands in each, `casework/entries.ts` says. */
export interface Casework {
  entry?: string;
  [field: string]: unknown;
}

/** What each kind holds. */
export interface ContentOf {
  [CONTACT]: Contact;
  [IDENTITY]: Identity;
  [INCIDENT]: Incident;
  [PERPETRATOR]: Perpetrator;
  [SAFETY]: Safety;
  /** 10: which files there are, and their keys. */
  [EVIDENCE]: Evidence;
  [NOTES]: Notes;
  [MESSAGE]: Message;
  [CASEWORK]: Casework;
}
/** A kind whose content this page knows. */
export type KnownKind = keyof ContentOf;

const FORM = 1;

/** The bytes of a content. Lone surrogates and NUL come through: JSON writes them as escapes. */
export function writeContent<K extends KnownKind>(_kind: K, content: ContentOf[K]): Bytes {
  return Uint8Array.from(new TextEncoder().encode(JSON.stringify({ v: FORM, ...content })));
}

/** The fields of a content; `null` for an empty compartment. Bytes that are no JSON are one text. */
export function readContent(bytes: Uint8Array): Record<string, unknown> | null {
  if (bytes.length === 0) return null;
  const text = new TextDecoder().decode(bytes);
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) {
      return Object.fromEntries(Object.entries(read).filter(([name]) => name !== 'v'));
    }
    return { text: String(read) };
  } catch {
    return { text };
  }
}

/** A field that is text, if it is one. */
export function textOf(content: Record<string, unknown> | null, name: string): string {
  const value = content?.[name];
  return typeof value === 'string' ? value : '';
}

/** A field as text, whatever it is; nobody's field is left out because a page does not know it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The notes' columns as far as they are of the form; anything else is left out. */
export function columnsOf(content: Record<string, unknown> | null): ColumnNote[] {
  const columns = content?.['columns'];
  if (!Array.isArray(columns)) return [];
  return columns.flatMap((one: unknown): ColumnNote[] => {
    const { column, reader, compartments, counted, mark, given_at: givenAt } = (one ?? {}) as Partial<Record<keyof ColumnNote, unknown>>;
    if (typeof column !== 'number' || !Number.isInteger(column) || column < 0 || column > 7 || typeof reader !== 'string' || !Array.isArray(compartments)) return [];
    const later = typeof mark === 'string' && typeof givenAt === 'number' ? { mark, given_at: givenAt } : {};
    return [{ column, reader, compartments: compartments.filter((kind): kind is number => Number.isInteger(kind)), ...(counted === true ? { counted } : {}), ...later }];
  });
}
