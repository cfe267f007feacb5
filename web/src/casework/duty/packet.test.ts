import { describe, expect, it, vi } from 'vitest';
import type { Intake, Laid } from '../entries';
import { contentOf } from '../entries';
import { foldCase, type DutyState } from '../fold';
import { clearing, isReason, mayReport, packetOf, packetText, report, reportIn, reporting, type DutyPorts, type PacketSource } from './packet';
import { PACKET_FIELDS, type CaseRules, type DutyRule, type PacketField } from './rules';

const CANARY = '카나리아';
const HOUR = 1_795_741_200_000;
const DUTY: DutyRule = {
  key: 'report', name: { ko: '신고', en: 'report' }, tells: { ko: '알려요', en: 'tells' }, from: '2013-06-19', until: null, source: 'Act A, Article 34', confirmed_by: 'B',
  triggers: ['age'], age_rule: 'kr', age_on: 'incident', binds: ['counsel'], receiver: 'cG9saWNl', deadline_hours: null,
  fields: ['birth_year', 'incident_type', 'told', 'reporter'],
};
const RULES: CaseRules = { hash: 'a7'.repeat(32), age_rules: [], duties: [DUTY], tables: [] };
const INTAKE: Intake = {
  entry: 'intake', answers: { penetration: 'yes' }, when: { known: 'day', date: '2026-11-20' }, place: 'home', district: CANARY,
  survivor: { born: '2010-05-06', sex: 'female', nationality: CANARY, access_needs: CANARY }, perpetrators: [{ relationship: 'schoolmate' }],
};
const SOURCE: PacketSource = {
  intake: INTAKE, called: '새벽', contact: { reach: 'phone', where: '010-0000-0000', happened: CANARY, v: 1 }, reporter: { name: { ko: '상담소', en: 'center' }, phone: '02-000-0101' },
};
const REPORT = { referral: 'cmVmZXJyYWw', endToken: 'dG9rZW4', to: 'cG9saWNl', content: packetText(packetOf(DUTY, SOURCE, true)) };

/** The duty as the case has it after these entries, each written by a device that had read the ones before. */
function stateAfter(...entries: Parameters<typeof contentOf>[0][]): DutyState | null {
  const lines = entries.map((entry, at): Laid => ({
    is: 'laid', version: at + 1, writtenAt: HOUR, byHer: false, ownCenter: true, center: 'Y2VudGVy', device: 'ZGV2aWNl', entry: contentOf({ ...entry, base: at }),
  }));
  return foldCase(lines).duties[0] ?? null;
}
const told = clearing(DUTY, RULES, { told_at: HOUR });
const REASON = '전화할 수 없고, 기다리면 오늘 밤 그 집으로 돌아가요.';

function ports(written: 'sent' | 'taken' | null = 'sent', left = true) {
  const done: string[] = [];
  return {
    done,
    write: vi.fn<DutyPorts['write']>(async () => {
      done.push('write');
      return written;
    }),
    send: vi.fn<DutyPorts['send']>(async () => {
      done.push('send');
      return left;
    }),
  };
}

describe('a packet', () => {
  it('has the fields its duty lists and nothing else', () => {
    expect(packetOf(DUTY, SOURCE, true)).toEqual({
      v: 1, duty: 'report', source: 'Act A, Article 34',
      fields: { birth_year: '2010', incident_type: 'rape', told: true, reporter: { ko: '상담소', en: 'center', phone: '02-000-0101' } },
    });
  });

  it('whatever is listed, holds nothing that is no field of a packet', () => {
    for (const field of PACKET_FIELDS) {
      const packet = packetOf({ ...DUTY, fields: [field] }, SOURCE, false);
      expect(Object.keys(packet.fields)).toEqual([field]);
    }
    const everything = packetText(packetOf({ ...DUTY, fields: PACKET_FIELDS }, SOURCE, false));
    expect(everything).not.toContain(CANARY);
    // A year is listed, so no birthday.
    expect(everything).not.toContain('05-06');
  });

  it('leaves out what is not known', () => {
    const bare: PacketSource = { ...SOURCE, intake: null, called: ' ', contact: null };
    const fields: PacketField[] = ['called', 'birth_year', 'sex', 'incident_type', 'incident_date', 'incident_place', 'relationship', 'safe_contact'];
    expect(packetOf({ ...DUTY, fields }, bare, false).fields).toEqual({});
    expect(packetOf({ ...DUTY, fields: ['told'] }, bare, false).fields).toEqual({ told: false });
  });
});

describe('a report', () => {
  it('cannot be made before she was told, or somebody wrote why not', async () => {
    expect(mayReport(null)).toBe('not_told');
    const begun = stateAfter({ entry: 'duty', rule: 'report' });
    expect(mayReport(begun)).toBe('not_told');
    for (const state of [null, begun]) {
      const to = ports();
      expect(await report(DUTY, RULES, state, REPORT, to)).toBe('not_told');
      expect(to.done).toEqual([]);
    }
    expect(() => reporting(DUTY, RULES, begun!, REPORT)).toThrow('not_told');
  });

  it('goes once she was told: first into the case, where she reads it, then out, byte for byte', async () => {
    const to = ports();
    expect(await report(DUTY, RULES, stateAfter(told), REPORT, to)).toBe('sent');
    expect(to.done).toEqual(['write', 'send']);
    const [entry] = to.write.mock.calls[0]!;
    expect(entry).toMatchObject({ facts: ['birth_year', 'incident_type', 'told', 'reporter'], receiver: 'cG9saWNl', told_at: HOUR, referral: REPORT.referral });
    expect(entry.content).toBe(REPORT.content);
    expect(entry.rule_version).toBe(`2013-06-19 ${RULES.hash}`);
    expect(to.send).toHaveBeenCalledWith(REPORT);
  });

  it('goes with a written reason where she could not be told, and a word is none', async () => {
    expect(isReason('급해요')).toBe(false);
    expect(() => clearing(DUTY, RULES, { exception: '급해요' })).toThrow();
    const to = ports();
    expect(await report(DUTY, RULES, stateAfter(clearing(DUTY, RULES, { exception: REASON })), REPORT, to)).toBe('sent');
    expect(to.write.mock.calls[0]![0]).toMatchObject({ exception: REASON });
    expect(to.write.mock.calls[0]![0].told_at).toBeUndefined();
  });

  it('does not leave while its entry is not in the case', async () => {
    for (const written of ['taken', null] as const) {
      const to = ports(written);
      expect(await report(DUTY, RULES, stateAfter(told), REPORT, to)).toBe(written ?? 'failed');
      expect(to.send).not.toHaveBeenCalled();
    }
  });

  it('that did not leave goes again as its entry says it, and is not written twice', async () => {
    const state = stateAfter(told, reporting(DUTY, RULES, stateAfter(told)!, REPORT));
    expect(reportIn(state)).toEqual(REPORT);
    const to = ports('sent', false);
    expect(await report(DUTY, RULES, state, { ...REPORT, referral: 'b3RoZXI', content: '{}' }, to)).toBe('failed');
    expect(to.done).toEqual(['send']);
    expect(to.send).toHaveBeenCalledWith(REPORT);
    expect(mayReport(state)).toBe('sent_already');
  });

  it('waits for a decision where two have written about it without reading each other', () => {
    const apart = [told, clearing(DUTY, RULES, { exception: REASON })].map((entry, at): Laid => ({
      is: 'laid', version: at + 1, writtenAt: HOUR, byHer: false, ownCenter: true, center: 'Y2VudGVy', device: 'ZGV2aWNl', entry: contentOf({ ...entry, base: 0 }),
    }));
    expect(mayReport(foldCase(apart).duties[0]!)).toBe('undecided');
  });
});
