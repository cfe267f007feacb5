// The incident recorder of the GBVIMS: 42 columns, one row for each incident, for a house that
// analyzes them elsewhere. Names and order of the columns are those of Primero's export
// (`incident_recorder_xls`, primeroIMS/primero at 4b95bf9, and the headers its own test expects).
// Only rows she has consented to leave, codes instead of names, and a cell that a table program would
// run as a formula is made plain text (OWASP, CSV injection).

import type { ReferredFrom, ServiceResult, ServiceType, Sex } from './codes';
import { isLocalDate, isMonth } from './elapsed';
import type { Intake, LocalDate, PerpetratorOf } from './entries';
import { mayCount, reportedOn, type Countable } from './figures';
import { classify, primaryOf } from './gbv';

export const COLUMNS = [
  'INCIDENT ID', 'SURVIVOR CODE', 'CASE MANAGER CODE', 'DATE OF INTERVIEW', 'DATE OF INCIDENT', 'DATE OF BIRTH', 'SEX', 'ETHNICITY', 'COUNTRY OF ORIGIN',
  'CIVIL / MARITAL STATUS', 'DISPLACEMENT STATUS AT REPORT', 'PERSON WITH DISABILITY?', 'UNACCOMPANIED OR SEPARATED CHILD?', 'STAGE OF DISPLACEMENT AT INCIDENT',
  'INCIDENT TIME OF DAY', 'INCIDENT LOCATION', 'INCIDENT COUNTY', 'INCIDENT DISTRICT', 'INCIDENT CAMP / TOWN', 'GBV TYPE', 'HARMFUL TRADITIONAL PRACTICE',
  'MONEY, GOODS, BENEFITS AND / OR SERVICES EXCHANGED ?', 'TYPE OF ABDUCTION', 'PREVIOUSLY REPORTED THIS INCIDENT?', 'PREVIOUS GBV INCIDENTS?',
  'No. ALLEGED PRIMARY PERPETRATOR(S)', 'ALLEGED PERPETRATOR SEX', 'PREVIOUS INCIDENT WITH THIS PERPETRATOR', 'ALLEGED PERPETRATOR AGE GROUP',
  'ALLEGED PERPETRATOR - SURVIVOR RELATIONSHIP', 'ALLEGED PERPETRATOR OCCUPATION', 'REFERRED TO YOU FROM?', 'SAFE HOUSE / SHELTER', 'HEALTH / MEDICAL SERVICES',
  'PSYCHOSOCIAL SERVICES', 'WANTS LEGAL ACTION?', 'LEGAL ASSISTANCE SERVICES', 'POLICE / OTHER SECURITY ACTOR', 'LIVELIHOODS PROGRAM',
  'CHILD PROTECTION SERVICES / EDUCATION SERVICES', 'CONSENT GIVEN', 'REPORTING AGENCY CODE',
] as const;
export type Column = (typeof COLUMNS)[number];

/** A case for the recorder. The codes are the center's own and lead back to nobody outside it. */
export interface Recordable extends Countable {
  /** Never the case's number. */
  incident: string;
  survivor: string;
  caseManager: string;
}

/** Where and for whom it is recorded. */
export interface RecordedBy {
  agency: string;
  /** The city's name. */
  city: string;
  zone: string;
  /** UTC milliseconds. */
  now: number;
}

/** `M` and `F` are the recorder's; the other two are ours, so that the cell is never empty. */
const SEX_CODE: Readonly<Record<Sex, string>> = { female: 'F', male: 'M', other: 'OTHER', not_told: 'NOT TOLD' };
/** The code of a sex. Nothing said is `NOT TOLD`: Primero leaves all but male and female empty. */
export const sexCode = (sex: Sex | undefined): string => SEX_CODE[sex ?? 'not_told'];

const AGE_LABEL = {
  '0_11': 'Age 0 - 11', '12_17': 'Age 12 - 17', '18_25': 'Age 18 - 25', '26_40': 'Age 26 - 40', '41_60': 'Age 41 - 60', '61': 'Age 61 & Older', unknown: 'Unknown',
} as const;

/** The sexes of those who did it, each once, as Primero joins them. */
function sexesOf(perpetrators: readonly PerpetratorOf[]): string {
  const codes = [...new Set(perpetrators.map(({ sex }) => sexCode(sex)))].sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other));
  return codes.length === 0 ? sexCode(undefined) : codes.join(' and ');
}
const ORDER = ['M', 'F', 'OTHER', 'NOT TOLD'];

/** The date of the incident as far as it is known: a month stays a month, and no day is made up. */
function dateOfIncident({ when }: Intake): string {
  const date = when?.date ?? '';
  return isLocalDate(date) || isMonth(date) ? date : '';
}

function numberOf({ perpetrators, perpetrator_number }: Intake): string {
  if (perpetrators && perpetrators.length > 0) return perpetrators.length > 3 ? 'more_than_3' : `equal_to_${perpetrators.length}`;
  return perpetrator_number ?? 'unknown';
}

function referredFrom(all: readonly ReferredFrom[] | undefined): string {
  return [...new Set(all ?? [])].join(' & ');
}

/** The cells of one incident, by column; empty: not known. */
function cellsOf({ state, incident, survivor, caseManager, receivedAt }: Recordable, intake: Intake, by: RecordedBy): Record<Column, string> {
  const person = intake.survivor ?? {};
  const perpetrators = intake.perpetrators ?? [];
  const primary = primaryOf(perpetrators);
  const reported: LocalDate = reportedOn(intake, receivedAt, by.zone);
  const service = (type: ServiceType): ServiceResult | '' => intake.services?.[type] ?? (state.referrals.some(({ offer, is }) => offer?.entry.service === type && is === 'declined') ? 'referral_declined_by_survivor' : '');
  return {
    'INCIDENT ID': incident,
    'SURVIVOR CODE': survivor,
    'CASE MANAGER CODE': caseManager,
    'DATE OF INTERVIEW': reported,
    'DATE OF INCIDENT': dateOfIncident(intake),
    'DATE OF BIRTH': person.born ?? '',
    SEX: sexCode(person.sex),
    // Hidden and protected in the recorder. We do not ask.
    ETHNICITY: '',
    'COUNTRY OF ORIGIN': person.nationality ?? '',
    'CIVIL / MARITAL STATUS': person.civil_status ?? '',
    'DISPLACEMENT STATUS AT REPORT': person.displacement ?? '',
    'PERSON WITH DISABILITY?': person.disability ?? '',
    'UNACCOMPANIED OR SEPARATED CHILD?': person.unaccompanied ?? '',
    'STAGE OF DISPLACEMENT AT INCIDENT': person.displacement_stage ?? '',
    'INCIDENT TIME OF DAY': intake.time_of_day ?? '',
    'INCIDENT LOCATION': intake.place ?? '',
    // A Korean city has districts; the recorder's county is the city, its camp or town nothing here.
    'INCIDENT COUNTY': by.city,
    'INCIDENT DISTRICT': intake.district ?? '',
    'INCIDENT CAMP / TOWN': '',
    'GBV TYPE': classify(intake.answers).type ?? '',
    'HARMFUL TRADITIONAL PRACTICE': intake.harmful_practice ?? '',
    'MONEY, GOODS, BENEFITS AND / OR SERVICES EXCHANGED ?': intake.exchanged ?? '',
    'TYPE OF ABDUCTION': intake.abduction ?? '',
    'PREVIOUSLY REPORTED THIS INCIDENT?': intake.reported_elsewhere ?? '',
    'PREVIOUS GBV INCIDENTS?': intake.previous_incidents ?? '',
    'No. ALLEGED PRIMARY PERPETRATOR(S)': numberOf(intake),
    'ALLEGED PERPETRATOR SEX': sexesOf(perpetrators),
    'PREVIOUS INCIDENT WITH THIS PERPETRATOR': primary?.former ?? '',
    'ALLEGED PERPETRATOR AGE GROUP': AGE_LABEL[primary?.age_group ?? 'unknown'],
    'ALLEGED PERPETRATOR - SURVIVOR RELATIONSHIP': primary?.relationship ?? 'unknown',
    'ALLEGED PERPETRATOR OCCUPATION': primary?.occupation ?? '',
    'REFERRED TO YOU FROM?': referredFrom(intake.referred_from),
    'SAFE HOUSE / SHELTER': service('safehouse'),
    'HEALTH / MEDICAL SERVICES': service('health_medical'),
    'PSYCHOSOCIAL SERVICES': service('psychosocial'),
    'WANTS LEGAL ACTION?': intake.wants_legal_action ?? '',
    'LEGAL ASSISTANCE SERVICES': service('legal_assistance'),
    'POLICE / OTHER SECURITY ACTOR': service('police_other'),
    'LIVELIHOODS PROGRAM': service('livelihoods'),
    'CHILD PROTECTION SERVICES / EDUCATION SERVICES': service('child_protection'),
    'CONSENT GIVEN': 'true',
    'REPORTING AGENCY CODE': by.agency,
  };
}

/** Why a case is in no row. */
export type NoRow = 'not_consented' | 'no_intake' | 'undecided';

/** What is recorded, and how many cases are not, by reason: a file never looks fuller than it is. */
export interface Recorded {
  rows: string[][];
  left: Record<NoRow, number>;
}

/** The rows of the cases that may leave, by the incident's code. */
export function rowsOf(cases: readonly Recordable[], by: RecordedBy): Recorded {
  const left: Record<NoRow, number> = { not_consented: 0, no_intake: 0, undecided: 0 };
  const found = cases.flatMap((one) => {
    const { now, rivals } = one.state.intake;
    const none: NoRow | null = !mayCount(one.consent, by.now) ? 'not_consented' : !now ? 'no_intake' : rivals.length > 0 ? 'undecided' : null;
    if (none !== null || !now) {
      if (none !== null) left[none] += 1;
      return [];
    }
    const cells = cellsOf(one, now.entry, by);
    return [COLUMNS.map((column) => cells[column])];
  });
  const text = (row: readonly string[]) => row.join('\u0000');
  return { rows: found.sort((one, other) => (text(one) < text(other) ? -1 : text(one) > text(other) ? 1 : 0)), left };
}

/** What makes a table program take a cell for a formula, in half and full width. */
const FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠]/u;
/** The same behind something that another program would take for the end of a cell. */
const AFTER_END = /([;\t\r\n|])(?=\s*[=+\-@＝＋－＠])/gu;
/** What has no place in a table, and ends a text for some. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu;

/** A cell that is text and nothing else. */
export function inert(cell: string): string {
  const plain = cell.replace(CONTROL, '\ufffd').replace(AFTER_END, "$1'");
  return FORMULA.test(plain) ? `'${plain}` : plain;
}

/** A table as CSV: RFC 4180, every cell quoted, UTF-8 with its mark so that Korean reads right. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => row.map((cell) => `"${inert(cell).replaceAll('"', '""')}"`).join(',');
  return `\ufeff${[COLUMNS, ...rows].map(line).join('\r\n')}\r\n`;
}

/** The recorder's file. The same cases make the same bytes. */
export function recorderCsv(cases: readonly Recordable[], by: RecordedBy): { csv: string; left: Record<NoRow, number> } {
  const { rows, left } = rowsOf(cases, by);
  return { csv: toCsv(rows), left };
}
