import { describe, expect, it } from 'vitest';
import { browserChance as chance } from '../seal/chance';
import type { OpenedLetter, OpenedReferral } from './letter';
import { agree, agreementOf, answerLetter, arrived, checkAgreement, readTold, referralLetter, stands, toldText, witness, type Agreement, type Told } from './referral';
import { toBase64 } from './base64';

const NOW = 1_795_770_000_000;
const id = (fill: number) => toBase64(new Uint8Array(16).fill(fill));
const [REFERRAL, COUNSEL, SHELTER] = [id(1), id(2), id(3)];
const TOLD: Told = { fields: [{ kind: 1, name: 'where', value: '010-0000-0001' }, { kind: 3, name: 'digital', value: ['deepfake'] }], ask: '오늘 밤 방 하나' };
const told = toldText(TOLD);
const giving = { referral: REFERRAL, to: SHELTER, epoch: 2, told, language: 'ko' as const, now: NOW };
const expected = { referral: REFERRAL, to: SHELTER, told, now: NOW };
const refused = (agreement: Agreement, more: Partial<typeof expected> = {}) => {
  try {
    checkAgreement(agreement, { ...expected, ...more });
    return null;
  } catch (reason) {
    return (reason as { code: string }).code;
  }
};

describe('what goes to another center', () => {
  it('is read back as it was chosen', () => {
    expect(readTold(told)).toEqual(TOLD);
    expect(() => readTold('{"fields":{"where":1},"ask":""}')).toThrow();
    expect(() => readTold('nothing')).toThrow();
  });

  it('is bound by her consent to these bytes, this center and this referral', () => {
    const agreement = agree(giving, chance);
    expect(refused(agreement)).toBeNull();
    expect(refused(agreement, { told: toldText({ ...TOLD, ask: '' }) })).toBe('not_for_this_place');
    expect(refused(agreement, { told: `${told} ` })).toBe('not_for_this_place');
    expect(refused(agreement, { to: COUNSEL })).toBe('not_for_you');
    expect(refused(agreement, { referral: id(9) })).toBe('not_for_you');
    expect(refused({ ...agreement, key: agree(giving, chance).key ?? '' })).toBe('signature_wrong');
    expect(refused({ consent: agreement.consent })).toBe('form_broken');
    // What she wrote herself does not become what somebody heard.
    expect(refused({ ...agreement, channel: 'voice' })).toBe('form_broken');
  });

  it('ends when she said', () => {
    const agreement = agree({ ...giving, endsAt: NOW + 3_600_000 }, chance);
    expect(refused(agreement)).toBeNull();
    expect(refused(agreement, { now: NOW + 3_600_000 })).toBe('entry_not_valid_now');
  });

  it('is witnessed in the way it was heard, and in no other', () => {
    for (const channel of ['voice', 'in_person'] as const) {
      const agreement = witness(giving, channel, chance);
      expect(refused(agreement)).toBeNull();
      expect(refused({ ...agreement, channel: channel === 'voice' ? 'in_person' : 'voice' })).toBe('form_broken');
      expect(refused({ consent: agreement.consent })).not.toBeNull();
    }
  });

  it('signs with another key every time, and hers is in none of them', () => {
    const [one, other] = [agree(giving, chance), agree(giving, chance)];
    expect(one.key).not.toBe(other.key);
    expect(agreementOf({ ...one, more: { key: one.key } })).toEqual(one);
  });
});

function open(letters: OpenedLetter[], state: OpenedReferral['state'] = 'answered'): OpenedReferral {
  return { referral: REFERRAL, purpose: 1, from: COUNSEL, to: SHELTER, state, sentAt: NOW, goesBackAt: NOW, answeredAt: null, endedAt: null, letters };
}
const said = (number: number, own: boolean, content: { letter: string }): OpenedLetter => ({ is: 'said', number, writtenAt: NOW, own, device: id(8), content });
const first = () => said(1, false, referralLetter(told, agree(giving, chance)));

describe('a referral at the center it was sent to', () => {
  it('is shown only once everything in it holds', () => {
    expect(arrived(open([first()]), SHELTER, NOW)).toMatchObject({ is: 'told', told: TOLD, by: 'herself' });
    expect(arrived(open([first()]), COUNSEL, NOW)).toEqual({ is: 'doubted', why: 'not_for_you' });
    const other = said(1, false, referralLetter(toldText({ ...TOLD, ask: '주소도' }), agree(giving, chance)));
    expect(arrived(open([other]), SHELTER, NOW)).toEqual({ is: 'doubted', why: 'not_for_this_place' });
    expect(arrived(open([said(1, true, referralLetter(told, agree(giving, chance)))]), SHELTER, NOW)).toEqual({ is: 'doubted', why: 'form_broken' });
    expect(arrived(open([], 'ended'), SHELTER, NOW)).toEqual({ is: 'gone' });
  });

  it('stands where its answers have brought it, and only the receiver answers', () => {
    const is = (letters: OpenedLetter[], center = SHELTER, state: OpenedReferral['state'] = 'answered') => stands(open(letters, state), center).is;
    expect(is([first()], SHELTER, 'waiting')).toBe('waiting');
    expect(is([first()], SHELTER, 'went_back')).toBe('went_back');
    expect(is([first(), said(2, true, answerLetter('accepted'))])).toBe('accepted');
    expect(is([first(), said(2, true, answerLetter('accepted')), said(3, true, answerLetter('done'))])).toBe('done');
    expect(stands(open([first(), said(2, true, answerLetter('rejected', '방이 없어요'))]), SHELTER)).toEqual({ is: 'rejected', reason: '방이 없어요' });
    // Done comes after taken, and a second answer changes nothing.
    expect(is([first(), said(2, true, answerLetter('rejected')), said(3, true, answerLetter('accepted'))])).toBe('rejected');
    expect(is([first(), said(2, true, answerLetter('done'))])).toBe('doubted');
    // The sender reads the other side's letters, and its own answers count for nothing.
    expect(is([first(), said(2, false, answerLetter('accepted'))], COUNSEL)).toBe('accepted');
    expect(is([first(), said(2, true, answerLetter('accepted'))], COUNSEL)).toBe('doubted');
    expect(is([], SHELTER, 'ended')).toBe('ended');
  });
});
