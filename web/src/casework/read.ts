// Reading an entry: field by field, and never giving one up for a single field that is not of the
// form. What was not understood stays beside it, so that nothing anybody wrote gets lost.

import { DIGITAL, PLACES, TIMES_OF_DAY, type When } from '../onestop/content';
import {
  ABDUCTIONS, AGE_BANDS, ANSWERS, APPOINTMENT_STATUSES, CHANNELS, CIVIL_STATUSES, CLOSURE_REASONS, CONTEXTS, DISABILITIES, DISPLACEMENTS, DISPLACEMENT_STAGES,
  EVIDENCE_ACTIONS, FOLLOW_UP_STEPS, GBV_TYPES, GOAL_STATUSES, LANGUAGES, OCCUPATIONS, PERPETRATOR_NUMBERS, PURPOSES, QUESTIONS, REFERRAL_STATES, REFERRED_FROM,
  RELATIONSHIPS, REPORTED_ELSEWHERE, SERVICE_RESULTS, SERVICE_TYPES, SEXES, TRY_MEANS, UNACCOMPANIED, WITNESSED, YES_NO,
} from './codes';
import type { Entry, EntryName, EntryOf, Goal, PerpetratorOf, Strange, Survivor, Try } from './entries';
import type { FigureTuple } from './figures';
import { isLocalDate, isLocalTime, isMonth, isPartialDate } from './elapsed';

/** What was read of a field; `lost`: not all of what stood there. */
interface Taken<T> {
  value: T;
  lost: boolean;
}
type Field<T> = (value: unknown) => Taken<T> | undefined;
/** A reader for every field of a form: the compiler notices one that is missing. */
type Fields<T> = { readonly [F in keyof T]-?: Field<Exclude<T[F], undefined>> };

const whole = <T>(value: T): Taken<T> => ({ value, lost: false });
const objectOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

const text: Field<string> = (value) => (typeof value === 'string' ? whole(value) : undefined);
const number: Field<number> = (value) => (typeof value === 'number' && Number.isFinite(value) ? whole(value) : undefined);
const count: Field<number> = (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? whole(value) : undefined);
const textThat = (holds: (value: string) => boolean): Field<string> => (value) => (typeof value === 'string' && holds(value) ? whole(value) : undefined);
const filled = textThat((value) => value.trim() !== '');
const localDate = textThat(isLocalDate);
const localTime = textThat(isLocalTime);
const partialDate = textThat(isPartialDate);

function oneOf<T extends string>(codes: readonly T[]): Field<T> {
  return (value) => {
    const found = codes.find((code) => code === value);
    return found === undefined ? undefined : whole(found);
  };
}

function listOf<T>(field: Field<T>): Field<T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const taken = value.map(field);
    return { value: taken.flatMap((one) => (one ? [one.value] : [])), lost: taken.some((one) => !one || one.lost) };
  };
}

function byName<T>(name: (name: string) => boolean, field: Field<T>): Field<Record<string, T>> {
  return (value) => {
    const all = objectOf(value);
    if (!all) return undefined;
    let lost = false;
    const kept = Object.entries(all).flatMap(([at, one]): [string, T][] => {
      const taken = name(at) ? field(one) : undefined;
      lost ||= !taken || taken.lost;
      return taken ? [[at, taken.value]] : [];
    });
    return { value: Object.fromEntries(kept), lost };
  };
}

function keyed<K extends string, T>(keys: readonly K[], field: Field<T>): Field<Partial<Record<K, T>>> {
  return byName((name) => (keys as readonly string[]).includes(name), field) as Field<Partial<Record<K, T>>>;
}

/** The fields that were understood, and those that were not. */
function read<T>(all: Record<string, unknown>, fields: Fields<T>, needs: readonly (keyof T)[]): { known: T; more: Record<string, unknown> } | undefined {
  const known: [string, unknown][] = [];
  const more: [string, unknown][] = [];
  for (const [name, value] of Object.entries(all)) {
    const field = Object.hasOwn(fields, name) ? (fields[name as keyof T] as Field<unknown>) : undefined;
    const taken = field?.(value);
    if (taken) known.push([name, taken.value]);
    if (!taken || taken.lost) more.push([name, value]);
  }
  const found = Object.fromEntries(known);
  if (!needs.every((name) => Object.hasOwn(found, name))) return undefined;
  return { known: found as T, more: Object.fromEntries(more) };
}

function shape<T>(fields: Fields<T>, ...needs: readonly (keyof T)[]): Field<T> {
  return (value) => {
    const all = objectOf(value);
    const found = all && read(all, fields, needs);
    return found && { value: found.known, lost: Object.keys(found.more).length > 0 };
  };
}

/** A day as it stands in her report: a date that says less or more than is known is none. */
const when: Field<When> = (value) => {
  const found = shape<When>({ known: oneOf(['day', 'month', 'no'] as const), date: partialDate }, 'known')(value);
  if (!found) return undefined;
  const { known, date } = found.value;
  const fits = known === 'day' ? isLocalDate(date ?? '') : known === 'month' ? isMonth(date ?? '') : date === undefined || date.length === 4;
  return fits ? found : { value: { known: 'no' }, lost: true };
};

const survivor = shape<Survivor>({
  born: partialDate, age_band: oneOf(AGE_BANDS), sex: oneOf(SEXES), nationality: text, civil_status: oneOf(CIVIL_STATUSES), displacement: oneOf(DISPLACEMENTS),
  displacement_stage: oneOf(DISPLACEMENT_STAGES), disability: oneOf(DISABILITIES), unaccompanied: oneOf(UNACCOMPANIED), language: text, access_needs: text,
});
const perpetrator = shape<PerpetratorOf>({
  primary: oneOf(YES_NO), sex: oneOf(SEXES), former: oneOf(YES_NO), age_group: oneOf(AGE_BANDS), relationship: oneOf(RELATIONSHIPS), occupation: oneOf(OCCUPATIONS),
});
const goal = shape<Goal>({ id: filled, words: text, service: oneOf(SERVICE_TYPES), provider: text, due: localDate, status: oneOf(GOAL_STATUSES) }, 'id', 'words');
const tryOf = shape<Try>({ on: localDate, by: oneOf(TRY_MEANS) }, 'on');
const tuple = shape<FigureTuple>({
  month: textThat(isMonth), district: filled, type: oneOf(GBV_TYPES), context: oneOf([...CONTEXTS, 'none', 'several'] as const), age_band: oneOf(AGE_BANDS),
  service: oneOf([...SERVICE_TYPES, 'none', 'several'] as const),
}, 'month', 'district', 'type', 'context', 'age_band', 'service');

type Said<N extends EntryName> = Omit<EntryOf[N], 'entry' | 'base' | 'more'>;
type Forms = { readonly [N in EntryName]: { fields: Fields<Said<N>>; needs: readonly (keyof Said<N>)[] } };

const FORMS: Forms = {
  limits_told: { fields: { channel: oneOf(CHANNELS), language: oneOf(LANGUAGES), text }, needs: [] },
  intake: {
    fields: {
      answers: keyed(QUESTIONS, oneOf(ANSWERS)), reported: localDate, when, time_of_day: oneOf(TIMES_OF_DAY), place: oneOf(PLACES), district: text,
      digital: listOf(oneOf(DIGITAL)), harmful_practice: oneOf(YES_NO), exchanged: oneOf(YES_NO), abduction: oneOf(ABDUCTIONS),
      reported_elsewhere: oneOf(REPORTED_ELSEWHERE), previous_incidents: oneOf(YES_NO), survivor, perpetrators: listOf(perpetrator),
      perpetrator_number: oneOf(PERPETRATOR_NUMBERS), referred_from: listOf(oneOf(REFERRED_FROM)), wants_legal_action: oneOf(YES_NO),
      services: keyed(SERVICE_TYPES, oneOf(SERVICE_RESULTS)),
    },
    needs: [],
  },
  danger: {
    fields: {
      instrument: filled, version: filled, answers: byName(() => true, oneOf(ANSWERS)), score: number, band: text,
      override: shape<{ band: string; reason: string }>({ band: filled, reason: filled }, 'band', 'reason'), own_view: text,
    },
    needs: ['instrument', 'version'],
  },
  health_told: { fields: { windows: listOf(text), rule: text, channel: oneOf(CHANNELS) }, needs: [] },
  duty: {
    fields: {
      rule: filled, rule_version: text, facts: listOf(text), receiver: text, told_at: count, exception: text, channel: oneOf(CHANNELS), referral: filled, content: text, end_token: text,
    },
    needs: ['rule'],
  },
  plan: { fields: { goals: listOf(goal) }, needs: ['goals'] },
  plan_confirmed: { fields: { plan: count }, needs: ['plan'] },
  plan_approved: { fields: { plan: count }, needs: ['plan'] },
  referral_offered: {
    fields: {
      referral: filled, to: filled, service: oneOf(SERVICE_TYPES), purposes: listOf(oneOf(PURPOSES)), fields: listOf(text), content: text, text, end_token: text, ends_at: count,
    },
    needs: ['referral', 'to', 'content'],
  },
  referral_agreed: { fields: { referral: filled, consent: text, signature: text, channel: oneOf(WITNESSED) }, needs: ['referral'] },
  referral_declined: { fields: { referral: filled, channel: oneOf(WITNESSED) }, needs: ['referral'] },
  referral_sent: { fields: { referral: filled }, needs: ['referral'] },
  referral_state: { fields: { referral: filled, state: oneOf(REFERRAL_STATES), reason: text }, needs: ['referral', 'state'] },
  appointment: {
    fields: { appointment: filled, at: localTime, place: text, with: text, goal: text, status: oneOf(APPOINTMENT_STATUSES), note: text },
    needs: ['appointment'],
  },
  escort_asked: { fields: { place: text, at: localTime, code_word: text }, needs: [] },
  follow_up: { fields: { step: oneOf(FOLLOW_UP_STEPS), due: localDate, done: localDate, reached: oneOf(YES_NO), by: oneOf(TRY_MEANS), note: text }, needs: [] },
  closure: { fields: { reason: oneOf(CLOSURE_REASONS), tries: listOf(tryOf), note: text }, needs: ['reason'] },
  closure_approved: { fields: { closure: count }, needs: ['closure'] },
  reopened: { fields: { reason: text }, needs: [] },
  evidence: { fields: { file: filled, action: oneOf(EVIDENCE_ACTIONS), note: text }, needs: ['file', 'action'] },
  figures_sent: { fields: { tuple, referral: filled, content: text, end_token: text }, needs: ['tuple'] },
  note: { fields: { text }, needs: ['text'] },
};

/** Every name of an entry, in the order of the process. */
export const ENTRY_NAMES = Object.keys(FORMS) as EntryName[];

const isName = (name: unknown): name is EntryName => typeof name === 'string' && Object.hasOwn(FORMS, name);

/** Deeper than any entry is. What is nested further could exhaust whoever shows or compares it. */
const DEPTH_MAX = 16;
const TOO_DEEP = '…';

function shallow(value: unknown, left = DEPTH_MAX): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (left === 0) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((one) => shallow(one, left - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shallow(one, left - 1)]));
}

/** What an entry says. Whatever it is given, it gives an answer. */
export function entryOf(content: Readonly<Record<string, unknown>>): Entry | Strange {
  const { entry: name, v: _form, base, ...said } = shallow(content) as Record<string, unknown>;
  const strange = (): Strange => ({ entry: 'strange', name: typeof name === 'string' ? name : '', fields: base === undefined ? said : { ...said, base } });
  if (!isName(name)) return strange();
  const { fields, needs } = FORMS[name] as { fields: Fields<object>; needs: readonly never[] };
  const found = read<object>(said, fields, needs);
  if (!found) return strange();
  const from = count(base);
  const more = base === undefined || from ? found.more : { ...found.more, base };
  return {
    entry: name, ...found.known, ...(from ? { base: from.value } : {}), ...(Object.keys(more).length > 0 ? { more } : {}),
  } as Entry;
}

/** An entry as it is written, with what this edition did not know of it. */
export function contentOf({ more, ...entry }: Entry): { entry: string; [field: string]: unknown } {
  return { ...more, ...entry };
}
