import { describe, expect, test } from 'vitest';
import { SEXES } from './codes';
import type { Intake } from './entries';
import type { GivenFor } from './figures';
import { foldCase } from './fold';
import { COLUMNS, inert, recorderCsv, rowsOf, sexCode, toCsv, type Column, type Recordable } from './recorder';
import { people, SampleCase, START, ZONE } from './sample';

const YES: GivenFor = { purposes: [0, 2], endsAt: 0n, takenBackAt: null };
const BY = { agency: 'SUN1', city: '서울', zone: ZONE, now: START };
const FULL: Intake = {
  entry: 'intake', answers: { penetration: 'no', sexual_contact: 'yes' }, reported: '2026-11-27', when: { known: 'day', date: '2026-11-24' }, time_of_day: 'night',
  place: 'night_bus', district: 'mapo-gu', harmful_practice: 'no', exchanged: 'no', abduction: 'none', reported_elsewhere: 'non-gbvims-org', previous_incidents: 'yes',
  survivor: { born: '2001', sex: 'female', nationality: 'KR', civil_status: 'single', displacement: 'resident', displacement_stage: 'not_displaced_home_community', disability: 'no', unaccompanied: 'no' },
  perpetrators: [{ sex: 'female' }, { primary: 'yes', sex: 'male', former: 'yes', age_group: '26_40', relationship: 'schoolmate', occupation: 'student' }],
  referred_from: ['police_other_security_actor', 'teacher_school_official'], wants_legal_action: 'yes',
  services: { safehouse: 'service_unavailable', health_medical: 'referred', psychosocial: 'service_provided_by_your_agency', legal_assistance: 'service_not_applicable', child_protection: 'service_not_applicable' },
};

const recordable = (intake: Partial<Intake> | null, incident = 'A-1', consent = YES): Recordable => {
  const one = new SampleCase();
  if (intake) one.write('haneul', { entry: 'intake', ...intake });
  return { state: foldCase(one.lines, { people, zone: ZONE }), consent, receivedAt: START, incident, survivor: 'S-1', caseManager: 'H' };
};
const cells = (intake: Partial<Intake>): Record<Column, string> => {
  const [row = []] = rowsOf([recordable(intake)], BY).rows;
  return Object.fromEntries(COLUMNS.map((column, at) => [column, row[at]])) as Record<Column, string>;
};

describe('the incident recorder', () => {
  test('has the 42 columns, each once', () => {
    expect(COLUMNS.length).toBe(42);
    expect(new Set(COLUMNS).size).toBe(42);
    expect([COLUMNS[0], COLUMNS[6], COLUMNS[19], COLUMNS[39], COLUMNS[41]]).toEqual(['INCIDENT ID', 'SEX', 'GBV TYPE', 'CHILD PROTECTION SERVICES / EDUCATION SERVICES', 'REPORTING AGENCY CODE']);
  });

  test('of an incident that is fully told', () => {
    expect(rowsOf([recordable(FULL)], BY).rows).toEqual([[
      'A-1', 'S-1', 'H', '2026-11-27', '2026-11-24', '2001', 'F', '', 'KR', 'single', 'resident', 'no', 'no', 'not_displaced_home_community', 'night', 'night_bus', '서울', 'mapo-gu', '',
      'sexual_assault', 'no', 'no', 'none', 'non-gbvims-org', 'yes', 'equal_to_2', 'M and F', 'yes', 'Age 26 - 40', 'schoolmate', 'student',
      'police_other_security_actor & teacher_school_official', 'service_unavailable', 'referred', 'service_provided_by_your_agency', 'yes', 'service_not_applicable', '', '',
      'service_not_applicable', 'true', 'SUN1',
    ]]);
  });

  test('of one of which almost nothing is told makes nothing up', () => {
    const told = Object.entries(cells({})).filter(([, cell]) => cell !== '');
    expect(told).toEqual([
      ['INCIDENT ID', 'A-1'], ['SURVIVOR CODE', 'S-1'], ['CASE MANAGER CODE', 'H'], ['DATE OF INTERVIEW', '2026-11-27'], ['SEX', 'NOT TOLD'], ['INCIDENT COUNTY', '서울'],
      ['No. ALLEGED PRIMARY PERPETRATOR(S)', 'unknown'], ['ALLEGED PERPETRATOR SEX', 'NOT TOLD'], ['ALLEGED PERPETRATOR AGE GROUP', 'Unknown'],
      ['ALLEGED PERPETRATOR - SURVIVOR RELATIONSHIP', 'unknown'], ['CONSENT GIVEN', 'true'], ['REPORTING AGENCY CODE', 'SUN1'],
    ]);
  });

  test('never leaves the sex empty', () => {
    for (const sex of [...SEXES, undefined]) {
      expect(cells({ survivor: { sex } }).SEX).toMatch(/\S/u);
      expect(cells({ perpetrators: [{ sex }] })['ALLEGED PERPETRATOR SEX']).toMatch(/\S/u);
    }
    expect(SEXES.map(sexCode)).toEqual(['F', 'M', 'OTHER', 'NOT TOLD']);
    expect(new Set(SEXES.map(sexCode)).size).toBe(SEXES.length);
    expect(cells({ perpetrators: [{ sex: 'not_told' }, { sex: 'female' }, { sex: 'other' }, { sex: 'male' }, { sex: 'male' }] })['ALLEGED PERPETRATOR SEX']).toBe('M and F and OTHER and NOT TOLD');
    // A code of a later edition is no reason for an empty cell, either.
    expect(cells({ survivor: { sex: 'unheard_of' as 'other' } }).SEX).toBe('NOT TOLD');
  });

  test('says a month as a month, and of a year no date', () => {
    expect(cells({ when: { known: 'month', date: '2026-10' } })['DATE OF INCIDENT']).toBe('2026-10');
    expect(cells({ when: { known: 'no', date: '2020' } })['DATE OF INCIDENT']).toBe('');
    expect(cells({ when: { known: 'no' } })['DATE OF INCIDENT']).toBe('');
  });

  test('counts those who did it, to three', () => {
    const number = (count: number) => cells({ perpetrators: Array.from({ length: count }, () => ({})) })['No. ALLEGED PRIMARY PERPETRATOR(S)'];
    expect([1, 2, 3, 4, 9].map(number)).toEqual(['equal_to_1', 'equal_to_2', 'equal_to_3', 'more_than_3', 'more_than_3']);
    expect(cells({ perpetrator_number: 'more_than_3' })['No. ALLEGED PRIMARY PERPETRATOR(S)']).toBe('more_than_3');
  });

  test('says that she declined a referral, where nothing else is told', () => {
    const one = new SampleCase();
    one.write('haneul', { entry: 'intake' });
    one.write('haneul', { entry: 'referral_offered', referral: 'r', to: 'c', content: '{}', service: 'safehouse' });
    one.write('she', { entry: 'referral_declined', referral: 'r' });
    const [row] = rowsOf([{ ...recordable({}), state: foldCase(one.lines) }], BY).rows;
    expect(row?.[COLUMNS.indexOf('SAFE HOUSE / SHELTER')]).toBe('referral_declined_by_survivor');
  });
});

describe('what is recorded', () => {
  test('is what she has consented to, and it says how many are not', () => {
    const both = recordable(FULL, 'B-1');
    both.state.intake.rivals.push(both.state.intake.now!);
    const all = [
      recordable(FULL, 'A-1'), recordable(FULL, 'A-2', { ...YES, purposes: [0] }), recordable(FULL, 'A-3', { ...YES, takenBackAt: START }),
      recordable(FULL, 'A-4', { ...YES, endsAt: BigInt(START) }), recordable(null, 'A-5'), both,
    ];
    const { csv, left } = recorderCsv(all, BY);
    expect(csv.split('\r\n').length).toBe(3);
    expect(csv).toContain('"A-1"');
    for (const code of ['A-2', 'A-3', 'A-4', 'A-5', 'B-1']) expect(csv).not.toContain(code);
    expect(left).toEqual({ not_consented: 3, no_intake: 1, undecided: 1 });
  });

  test('is the same bytes for the same cases, in whatever order they come', () => {
    const all = ['C', 'A', 'B'].map((incident) => recordable(FULL, incident));
    const { csv } = recorderCsv(all, BY);
    expect(recorderCsv([...all].reverse(), BY).csv).toBe(csv);
    expect([...csv.matchAll(/^\ufeff?"([^"]*)"/gmu)].map(([, cell]) => cell)).toEqual(['INCIDENT ID', 'A', 'B', 'C']);
  });

  test('begins with the mark of UTF-8 and ends every row the same', () => {
    const bytes = new TextEncoder().encode(toCsv([['a']]));
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(toCsv([['a'], ['b"c', 'd,e']]).split('\r\n').slice(1)).toEqual(['"a"', '"b""c","d,e"', '']);
  });
});

describe('a cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+82 10', "'+82 10"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['\nx', "'\nx"],
    ['=HYPERLINK("https://example.org","x")', "'=HYPERLINK(\"https://example.org\",\"x\")"],
    [' =1', "' =1"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\ufeff=1', "'\ufeff=1"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠a', "'＠a"],
    // In a program that takes another sign for the end of a cell.
    ['x;=1+1', "x;'=1+1"],
    ['x\n=1+1', "x\n'=1+1"],
    ['x\t-1', "x\t'-1"],
    ['x;\t@a', "x;'\t'@a"],
    ['x| =1', "x|' =1"],
    ['\u0000=1', '\ufffd=1'],
    // What is no formula stays as it is.
    ['', ''],
    ["'", "'"],
    ['A-1', 'A-1'],
    ['a=b', 'a=b'],
    ['마포구; 서대문구', '마포구; 서대문구'],
    ['M and F', 'M and F'],
  ])('%j becomes %j', (cell, is) => {
    expect(inert(cell)).toBe(is);
  });

  test('of whatever she or anybody wrote is text in the file', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      const { csv } = recorderCsv([recordable({ ...FULL, district: `${start}cmd|' /C calc'!A0`, survivor: { nationality: `${start}1` } }, `${start}id`)], BY);
      const dangerous = csv.split(/","|\r\n"|"\r\n|^\ufeff"/u).filter((cell) => /^[=+\-@\t\r]/u.test(cell));
      expect(dangerous, JSON.stringify(start)).toEqual([]);
      expect(csv).toContain(`"'${start}id"`);
    }
  });
});
