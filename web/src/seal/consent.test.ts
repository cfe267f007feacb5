import { describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import { KIND } from './compartment';
import { checkWithdrawn, consentMark, giveConsent, givenConsent, HERSELF, PURPOSE, readConsent, withdrawConsent, writeConsent, type Consent } from './consent';
import type { Signer } from './keys';
import { Refusal } from './refusal';
import { sign, signingKeyOf } from './signature';
import { flipped, misfits, refused } from './spoilt';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const seed = browserChance(32);
const she: Signer = { signingKey: signingKeyOf(seed), sign: (use, message) => sign(seed, use, message) };
const consent: Consent = {
  salt: browserChance(16), caseId: browserChance(16), recipient: browserChance(16), epoch: 3,
  compartments: [KIND.contact, KIND.incident, KIND.figures], purposes: [PURPOSE.services, PURPOSE.figures],
  givenAt: 1_795_441_205_000n, endsAt: 0n, givenBy: 0, channel: 2, language: 'ko', textHash: browserChance(32),
};
describe('a consent', () => {
  const bytes = writeConsent(consent);

  test('is read back as it was given', () => {
    expect(bytes).toHaveLength(113);
    expect(readConsent(bytes)).toEqual(consent);
    const hers = { ...consent, recipient: HERSELF, epoch: 0, endsAt: consent.givenAt + 1n };
    expect(readConsent(writeConsent(hers))).toEqual(hers);
  });

  test('is hers only with her signature over these very bytes', () => {
    const signature = giveConsent(she, bytes);
    expect(givenConsent(bytes, she.signingKey, signature)).toEqual(consent);
    for (const wrong of flipped(signature, 64)) refused(() => givenConsent(bytes, she.signingKey, wrong), 'signature_wrong');
    for (const wrong of flipped(she.signingKey, 32)) refused(() => givenConsent(bytes, wrong, signature), 'signature_wrong');
    for (const wrong of misfits(signature)) refused(() => givenConsent(bytes, she.signingKey, wrong), 'signature_wrong');
    for (const wrong of flipped(bytes, 113)) expect(() => givenConsent(wrong, she.signingKey, signature)).toThrow(Refusal);
    const otherUse = she.sign('report', bytes);
    refused(() => givenConsent(bytes, she.signingKey, otherUse), 'signature_wrong');
  });

  test('changed anywhere is refused or another consent with another mark', () => {
    for (const wrong of flipped(bytes)) {
      expect(consentMark(wrong)).not.toEqual(consentMark(bytes));
      try {
        expect(readConsent(wrong)).not.toEqual(consent);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }
    for (const wrong of misfits(bytes)) refused(() => readConsent(wrong), 'form_broken');
  });

  test('with a value outside its range is neither read nor written', () => {
    const at = (place: number, ...values: number[]) => {
      const copy = Uint8Array.from(bytes);
      copy.set(values, place);
      return () => readConsent(copy);
    };
    refused(at(0, 2), 'form_broken');
    refused(at(53, 0x40), 'form_broken');
    expect(at(53, 0x10)().compartments).toContain(KIND.message);
    expect(at(53, 0x20)().compartments).toContain(KIND.casework);
    refused(at(53, 0, 0), 'form_broken');
    refused(at(55, 0, 0x84), 'form_broken');
    refused(at(55, 0, 0), 'form_broken');
    refused(at(55, 0, 0x01), 'purpose_missing');
    refused(at(73, 4), 'form_broken');
    refused(at(74, 3), 'form_broken');
    refused(at(79, 0x6a, 0x61), 'form_broken');
    refused(at(75, 0, 0, 0, 3), 'form_broken');
    refused(() => writeConsent({ ...consent, compartments: [] }), 'form_broken');
    refused(() => writeConsent({ ...consent, purposes: [PURPOSE.figures, PURPOSE.services] }), 'form_broken');
    refused(() => writeConsent({ ...consent, compartments: [KIND.contact, KIND.contact] }), 'form_broken');
    refused(() => writeConsent({ ...consent, purposes: [PURPOSE.services] }), 'purpose_missing');
    refused(() => writeConsent({ ...consent, endsAt: consent.givenAt }), 'form_broken');
    refused(() => writeConsent({ ...consent, recipient: HERSELF }), 'form_broken');
    refused(() => writeConsent({ ...consent, epoch: 0 }), 'form_broken');
  });

  test('ends only by her own word, at the time she says', () => {
    const mark = consentMark(bytes);
    const signature = withdrawConsent(she, mark, 5n);
    checkWithdrawn(mark, 5n, she.signingKey, signature);
    refused(() => checkWithdrawn(mark, 6n, she.signingKey, signature), 'signature_wrong');
    for (const wrong of flipped(mark, 32)) refused(() => checkWithdrawn(wrong, 5n, she.signingKey, signature), 'signature_wrong');
  });
});
