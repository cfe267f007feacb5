// The intake as questions, one at a time, in the order of the standard. What she wrote herself is
// filled in and never asked again; what a former answer settles is not asked at all.

import {
  ABDUCTIONS, AGE_BANDS, ANSWERS, CIVIL_STATUSES, DISABILITIES, DISPLACEMENTS, OCCUPATIONS, PERPETRATOR_NUMBERS, QUESTIONS, REFERRED_FROM, REPORTED_ELSEWHERE, SEXES,
  UNACCOMPANIED, YES_NO, type Intake, type LocalDate,
} from '../../../casework/entries';
import { classify, under18 } from '../../../casework/gbv';
import type { Opened } from '../../../onestop/case';
import { DIGITAL, IDENTITY, INCIDENT, PERPETRATOR, PLACES, RELATIONSHIPS, TIMES_OF_DAY } from '../../../onestop/content';

/** One question. `path` says where its answer stands, `list` whose words its codes have. */
export type Ask = { path: string; name: string } & (
  | { is: 'one' | 'several'; list: string; options: readonly string[] }
  | { is: 'when' | 'date' | 'text' | 'district' }
);

/** So many who did it are asked about one by one. */
export const PERPETRATORS_MAX = 4;

const one = (path: string, list: string, options: readonly string[]): Ask => ({ path, name: path.replace(/\.\d+\./u, '.'), is: 'one', list, options });
const several = (path: string, list: string, options: readonly string[]): Ask => ({ path, name: path, is: 'several', list, options });
const plain = (path: string, is: 'when' | 'date' | 'text' | 'district'): Ask => ({ path, name: path, is });

/** The questions as far as they are still open to this intake. `reported`: the day she was heard. */
export function asksOf(intake: Intake, reported: LocalDate): Ask[] {
  const { by, type } = classify(intake.answers);
  // The first yes decides: what comes after it is not asked of her.
  const asked = by === null ? QUESTIONS : QUESTIONS.slice(0, QUESTIONS.indexOf(by) + 1);
  const sexual = type === 'rape' || type === 'sexual_assault';
  const child = under18(intake, reported) !== 'no';
  return [
    ...asked.map((question) => one(`answers.${question}`, 'answer', ANSWERS)),
    plain('when', 'when'),
    one('time_of_day', 'time', TIMES_OF_DAY),
    one('place', 'place', PLACES),
    plain('district', 'district'),
    several('digital', 'digital', DIGITAL),
    one('harmful_practice', 'yes-no', YES_NO),
    ...(sexual ? [one('exchanged', 'yes-no', YES_NO)] : []),
    one('abduction', 'abduction', ABDUCTIONS),
    one('previous_incidents', 'yes-no', YES_NO),
    one('reported_elsewhere', 'elsewhere', REPORTED_ELSEWHERE),
    one('survivor.sex', 'sex', SEXES),
    plain('survivor.born', 'date'),
    ...(intake.survivor?.born ? [] : [one('survivor.age_band', 'age', AGE_BANDS)]),
    one('survivor.civil_status', 'civil', CIVIL_STATUSES),
    plain('survivor.nationality', 'text'),
    one('survivor.displacement', 'displacement', DISPLACEMENTS),
    one('survivor.disability', 'disability', DISABILITIES),
    ...(child ? [one('survivor.unaccompanied', 'unaccompanied', UNACCOMPANIED)] : []),
    plain('survivor.access_needs', 'text'),
    one('perpetrator_number', 'number', PERPETRATOR_NUMBERS),
    ...perpetrators(intake),
    several('referred_from', 'from', REFERRED_FROM),
    one('wants_legal_action', 'yes-no', YES_NO),
  ];
}

const COUNTS: Readonly<Record<string, number>> = { equal_to_2: 2, equal_to_3: 3, more_than_3: PERPETRATORS_MAX };

function perpetrators({ perpetrator_number: number, perpetrators: there }: Intake): Ask[] {
  const count = Math.max(COUNTS[number ?? ''] ?? 1, Math.min(there?.length ?? 0, PERPETRATORS_MAX));
  return Array.from({ length: count }, (_, nth) => [
    one(`perpetrators.${nth}.relationship`, 'relationship', RELATIONSHIPS),
    one(`perpetrators.${nth}.sex`, 'sex', SEXES),
    one(`perpetrators.${nth}.age_group`, 'age', AGE_BANDS),
    one(`perpetrators.${nth}.former`, 'yes-no', YES_NO),
    one(`perpetrators.${nth}.occupation`, 'occupation', OCCUPATIONS),
  ]).flat();
}

/** Which of several who did it a question is about, from 1; `null`: about none. */
export function nthOf({ path }: Ask): number | null {
  const found = /^perpetrators\.(\d+)\./u.exec(path);
  return found ? Number(found[1]) + 1 : null;
}

/** What stands at a path. */
export function at(intake: Intake, path: string): unknown {
  return path.split('.').reduce<unknown>((found, step) => (typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[step] : undefined), intake);
}

/** The intake with this at a path; `undefined` takes it away. */
export function put(intake: Intake, path: string, value: unknown): Intake {
  const set = (into: unknown, [step = '', ...rest]: readonly string[]): unknown => {
    const next = (was: unknown) => (rest.length === 0 ? value : set(was, rest));
    if (/^\d+$/u.test(step)) {
      const list: unknown[] = Array.isArray(into) ? [...(into as unknown[])] : [];
      const nth = Number(step);
      while (list.length <= nth) list.push({});
      list[nth] = next(list[nth]);
      return list;
    }
    const { [step]: was, ...others } = (into ?? {}) as Record<string, unknown>;
    const then = next(was);
    return then === undefined ? others : { ...others, [step]: then };
  };
  return set(intake, path.split('.')) as Intake;
}

/** An intake to begin with, and the paths she has filled herself. Only codes this edition knows. */
export function beginOf(opened: Opened): { intake: Intake; hers: string[] } {
  const field = (kind: number, name: string): unknown => {
    const part = opened.parts.get(kind);
    return part?.is === 'told' ? part.content?.[name] : undefined;
  };
  const known = (value: unknown, codes: readonly string[]) => (typeof value === 'string' && codes.includes(value) ? value : undefined);
  const digital = field(INCIDENT, 'digital');
  const year = field(IDENTITY, 'birth_year');
  const needs = field(IDENTITY, 'access_needs');
  const found: [string, unknown][] = [
    ['when', field(INCIDENT, 'when')],
    ['time_of_day', known(field(INCIDENT, 'time_of_day'), TIMES_OF_DAY)],
    ['place', known(field(INCIDENT, 'place'), PLACES)],
    ['digital', Array.isArray(digital) && digital.length > 0 ? digital.filter((code: unknown) => known(code, DIGITAL)) : undefined],
    ['perpetrators.0.relationship', known(field(PERPETRATOR, 'relationship'), RELATIONSHIPS)],
    ['survivor.born', typeof year === 'number' && Number.isInteger(year) ? String(year) : undefined],
    ['survivor.access_needs', typeof needs === 'string' && needs !== '' ? needs : undefined],
  ];
  const hers = found.filter(([, value]) => value !== undefined);
  return { intake: hers.reduce<Intake>((intake, [path, value]) => put(intake, path, value), { entry: 'intake' }), hers: hers.map(([path]) => path) };
}
