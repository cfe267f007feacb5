import { describe, expect, test } from 'vitest';
import type { Entry } from './entries';
import { foldCase } from './fold';
import { newReferral, REFERRAL_IS, REFERRAL_NEXT, stepReferral, type ReferralIs, type ReferralState } from './referral';
import { HOUR, SampleCase, START } from './sample';
import type { Author, Kept } from './slot';

type Said = Parameters<typeof stepReferral>[1]['entry'];
const device: Author = { is: 'center', center: 'c', device: 'd', own: true };
const she: Author = { is: 'she' };
const at = (version: number, by: Author, entry: Said): Kept<Said> => ({ version, writtenAt: START + version * HOUR, by, entry });
const OFFER: Said = { entry: 'referral_offered', referral: 'r', to: 'shelter', content: '{}', service: 'safehouse' };
const AGREE: Said = { entry: 'referral_agreed', referral: 'r', consent: 'c', signature: 's' };

/** What each entry does in each state, in one table to be read. */
const STEPS: readonly [string, Author, Said][] = [
  ['offered', device, OFFER],
  ['agreed', she, AGREE],
  ['declined', she, { entry: 'referral_declined', referral: 'r' }],
  ['sent', device, { entry: 'referral_sent', referral: 'r' }],
  ['accepted', device, { entry: 'referral_state', referral: 'r', state: 'accepted' }],
  ['rejected', device, { entry: 'referral_state', referral: 'r', state: 'rejected', reason: 'full' }],
  ['went_back', device, { entry: 'referral_state', referral: 'r', state: 'went_back' }],
  ['done', device, { entry: 'referral_state', referral: 'r', state: 'done' }],
  ['revoked', she, { entry: 'referral_state', referral: 'r', state: 'revoked' }],
];
const WAY: Readonly<Record<ReferralIs, readonly string[]>> = {
  unknown: [], offered: ['offered'], agreed: ['offered', 'agreed'], declined: ['offered', 'declined'], sent: ['offered', 'agreed', 'sent'],
  accepted: ['offered', 'agreed', 'sent', 'accepted'], rejected: ['offered', 'agreed', 'sent', 'rejected'], went_back: ['offered', 'agreed', 'sent', 'went_back'],
  done: ['offered', 'agreed', 'sent', 'accepted', 'done'], revoked: ['offered', 'agreed', 'sent', 'revoked'],
};

function run(names: readonly string[]): { state: ReferralState; doubts: (string | null)[] } {
  let state = newReferral('r');
  const doubts = names.map((name, nth) => {
    const step = STEPS.find(([is]) => is === name)!;
    const next = stepReferral(state, at(nth + 1, step[1], { ...step[2], base: nth } as Said));
    state = next.state;
    return next.doubt;
  });
  return { state, doubts };
}

test('what each entry does in each state', () => {
  const table = REFERRAL_IS.map((is) => {
    expect(run(WAY[is]).state.is).toBe(is);
    const row = STEPS.map(([name]) => {
      const { state, doubts } = run([...WAY[is], name]);
      return doubts.at(-1) === null ? (state.is === is ? 'objects' : state.is) : `(${doubts.at(-1)})`;
    });
    return [is, ...row].join(' ');
  });
  expect(table).toEqual([
    'unknown offered agreed declined sent accepted rejected went_back done revoked',
    'offered (offered_again) agreed declined sent (out_of_order) (out_of_order) (out_of_order) (out_of_order) revoked',
    'agreed (offered_again) (out_of_order) declined sent (out_of_order) (out_of_order) (out_of_order) (out_of_order) revoked',
    'declined (offered_again) agreed (out_of_order) sent (out_of_order) (out_of_order) (out_of_order) (out_of_order) revoked',
    'sent (offered_again) (out_of_order) objects (out_of_order) accepted rejected went_back done revoked',
    'accepted (offered_again) (out_of_order) objects (out_of_order) (out_of_order) rejected (out_of_order) done revoked',
    'rejected (offered_again) (out_of_order) objects (out_of_order) (out_of_order) (out_of_order) (out_of_order) (out_of_order) revoked',
    'went_back (offered_again) (out_of_order) objects (out_of_order) (out_of_order) (out_of_order) (out_of_order) (out_of_order) revoked',
    'done (offered_again) (out_of_order) objects (out_of_order) (out_of_order) (out_of_order) (out_of_order) (out_of_order) revoked',
    'revoked (referral_ended) (referral_ended) (referral_ended) (referral_ended) (referral_ended) (referral_ended) (referral_ended) (referral_ended) (referral_ended)',
  ]);
  expect(Object.keys(REFERRAL_NEXT)).toEqual([...REFERRAL_IS]);
});

describe('a referral', () => {
  test('keeps when it left, when it was answered and why it was refused', () => {
    const { state } = run(WAY.rejected);
    expect(state).toMatchObject({ sentAt: START + 3 * HOUR, answeredAt: START + 4 * HOUR, since: START + 4 * HOUR, reason: 'full', witnessed: false });
  });

  test('is agreed to by her signature, or by a device that says how it heard her', () => {
    const offered = run(['offered']).state;
    const doubt = (by: Author, entry: Said) => stepReferral(offered, at(2, by, entry)).doubt;
    expect(doubt(she, AGREE)).toBeNull();
    expect(doubt(she, { entry: 'referral_agreed', referral: 'r' })).toBe('unsigned');
    expect(doubt(she, { entry: 'referral_agreed', referral: 'r', channel: 'voice' })).toBe('unsigned');
    expect(doubt(device, AGREE)).toBe('unwitnessed');
    expect(doubt(device, { entry: 'referral_declined', referral: 'r' })).toBe('unwitnessed');
    const witnessed = stepReferral(offered, at(2, device, { entry: 'referral_agreed', referral: 'r', consent: 'c', channel: 'in_person' }));
    expect(witnessed).toMatchObject({ doubt: null, state: { is: 'agreed', witnessed: true } });
  });

  test('is offered, sent and answered by a center alone, and ended by either', () => {
    for (const [name, , entry] of STEPS.filter(([is]) => ['offered', 'sent', 'accepted', 'rejected', 'went_back', 'done'].includes(is))) {
      expect(stepReferral(newReferral('r'), at(1, she, entry)).doubt, name).toBe('centers_only');
    }
    for (const by of [she, device]) expect(stepReferral(run(WAY.accepted).state, at(9, by, STEPS.at(-1)![2])).state.is).toBe('revoked');
  });

  test('that is answered twice by two who had not read each other keeps both', () => {
    const accepted = run(WAY.accepted).state;
    const rejected = (base: number) => stepReferral(accepted, at(5, device, { entry: 'referral_state', referral: 'r', state: 'went_back', base }));
    expect(rejected(3)).toMatchObject({ doubt: 'rival', state: { is: 'accepted', rivals: [{ version: 5 }] } });
    expect(rejected(4)).toMatchObject({ doubt: 'out_of_order', state: { is: 'accepted', rivals: [] } });
  });
});

describe('in a case', () => {
  const sample = () => {
    const one = new SampleCase();
    one.write('haneul', OFFER);
    return one;
  };

  test('one that left without her yes is shown as that', () => {
    const one = sample();
    one.write('haneul', { entry: 'referral_sent', referral: 'r' });
    expect(foldCase(one.lines).referrals).toMatchObject([{ is: 'sent', withoutConsent: true, duty: false }]);
  });

  test('one that she declined and that left all the same, too', () => {
    const one = sample();
    one.write('she', { entry: 'referral_declined', referral: 'r' });
    one.write('haneul', { entry: 'referral_sent', referral: 'r' });
    expect(foldCase(one.lines).referrals).toMatchObject([{ is: 'sent', withoutConsent: true }]);
  });

  test('one that a duty carries needs no yes', () => {
    const one = sample();
    one.write('haneul', { entry: 'duty', rule: 'kr', told_at: START, referral: 'r' });
    one.write('haneul', { entry: 'referral_sent', referral: 'r' });
    expect(foldCase(one.lines).referrals).toMatchObject([{ is: 'sent', withoutConsent: false, duty: true }]);
  });

  test('one whose offer cannot be read is there, and one that nobody may have written is not', () => {
    const one = new SampleCase();
    one.doubt();
    one.write('haneul', { entry: 'referral_state', referral: 'r', state: 'accepted' });
    one.write('she', { entry: 'referral_sent', referral: 'q' });
    const { referrals, steps } = foldCase(one.lines);
    expect(referrals).toMatchObject([{ referral: 'r', is: 'accepted', offer: null, sentAt: START + HOUR, withoutConsent: true }]);
    expect(steps.at(-1)).toMatchObject({ is: 'not_counted', why: 'centers_only' });
  });

  test('a second offer of the same number never changes what she agreed to', () => {
    const one = sample();
    one.write('she', AGREE);
    one.write('haneul', { ...OFFER, content: '{"everything":true}' } as Entry);
    const state = foldCase(one.lines);
    expect(state.referrals[0]).toMatchObject({ is: 'agreed', offer: { version: 1 } });
    expect(state.steps.at(-1)).toMatchObject({ why: 'offered_again' });
  });

  test('contradicting answers are a conflict until it ends', () => {
    const one = sample();
    one.write('she', AGREE);
    const sent = one.write('haneul', { entry: 'referral_sent', referral: 'r' });
    one.write('haneul', { entry: 'referral_state', referral: 'r', state: 'accepted', base: sent });
    one.write('bada', { entry: 'referral_state', referral: 'r', state: 'went_back', base: sent });
    expect(foldCase(one.lines).conflicts).toEqual([{ about: 'referral', id: 'r', versions: [4, 5], fields: ['state'] }]);
    one.write('she', { entry: 'referral_state', referral: 'r', state: 'revoked' });
    expect(foldCase(one.lines)).toMatchObject({ conflicts: [], referrals: [{ is: 'revoked' }] });
  });
});
