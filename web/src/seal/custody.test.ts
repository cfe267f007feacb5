import { beforeAll, describe, expect, test, vi } from 'vitest';
import { browserChance } from './chance';
import {
  ACTION, checkCustodyFollows, custodyEventIn, evidenceLeaf, EVENT_BYTES, HER_DEVICE, isHers, readCustodyEvent, reasonHash, signCustodyEvent,
  signedCustodyEvent, signedCustodyHead, writeCustodyEvent, type CustodyEvent,
} from './custody';
import { HERSELF } from './consent';
import { Device } from './device';
import { digest } from './digest';
import { writeHead } from './directory';
import { join } from './form';
import { rootOf } from './merkle';
import { flipped, misfits, refused } from './spoilt';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const salt = browserChance(16);
const original = digest(new TextEncoder().encode('사진'));
const AT = 1_789_999_200_000n;
const event = (): CustodyEvent => ({
  seq: 1n, leaf: evidenceLeaf(salt, original), action: ACTION.opened, team: Uint8Array.from([7, ...browserChance(15)]), device: Uint8Array.from([8, ...browserChance(15)]), at: AT,
  reasonHash: reasonHash('확인했어요'),
});
let device: Device;
beforeAll(async () => {
  device = await Device.ofRoot(browserChance(32));
});

describe('an event of custody', () => {
  test('reads as it was written, and nothing else does', () => {
    const written = event();
    const bytes = writeCustodyEvent(written);
    expect(bytes.length).toBe(EVENT_BYTES);
    expect(readCustodyEvent(bytes)).toEqual(written);
    for (const wrong of misfits(bytes)) refused(() => readCustodyEvent(wrong), 'form_broken');
    expect(isHers(written)).toBe(false);
    const hers = { ...written, team: HERSELF, device: HER_DEVICE };
    expect(isHers(readCustodyEvent(writeCustodyEvent(hers)))).toBe(true);
    for (const wrong of [{ seq: 0n }, { action: 0 }, { action: 8 }, { team: HERSELF }, { device: HER_DEVICE }, { at: AT + 60_000n }, { at: -3_600_000n }, { leaf: browserChance(31) }]) {
      refused(() => writeCustodyEvent({ ...written, ...wrong } as CustodyEvent), 'form_broken');
    }
  });

  test('is of who signed it', () => {
    const bytes = writeCustodyEvent(event());
    const signature = signCustodyEvent(device, bytes);
    expect(signedCustodyEvent(bytes, device.signingKey, signature)).toEqual(readCustodyEvent(bytes));
    for (const wrong of flipped(signature, 40)) refused(() => signedCustodyEvent(bytes, device.signingKey, wrong), 'signature_wrong');
    refused(() => signedCustodyEvent(writeCustodyEvent({ ...event(), at: AT + 3_600_000n }), device.signingKey, signature), 'signature_wrong');
    refused(() => signCustodyEvent(device, bytes.slice(1)), 'form_broken');
  });

  test('names what it is about by salt and original', () => {
    expect(evidenceLeaf(salt, original)).not.toEqual(evidenceLeaf(browserChance(16), original));
    expect(evidenceLeaf(salt, original)).not.toEqual(digest(salt, original));
    refused(() => evidenceLeaf(salt.slice(1), original), 'form_broken');
    refused(() => evidenceLeaf(salt, join(original, salt)), 'form_broken');
  });

  test('stands in a log whose heads are no heads of the directory', () => {
    const [first, second] = [writeCustodyEvent(event()), writeCustodyEvent({ ...event(), seq: 2n })];
    const head = { size: 2n, root: rootOf([first, second]), at: AT };
    const bytes = writeHead(head);
    expect(signedCustodyHead(bytes, device.signingKey, device.sign('custody-head', bytes))).toEqual(head);
    refused(() => signedCustodyHead(bytes, device.signingKey, device.sign('head', bytes)), 'head_not_signed');
    const beside = [digest(Uint8Array.of(0), first)];
    expect(custodyEventIn(head, second, 1n, beside)).toEqual(readCustodyEvent(second));
    refused(() => custodyEventIn(head, second, 0n, beside), 'entry_not_included');
    refused(() => custodyEventIn(head, first, 1n, beside), 'entry_not_included');
    const before = { size: 1n, root: rootOf([first]), at: AT };
    const step = [digest(Uint8Array.of(0), second)];
    checkCustodyFollows(before, head, step);
    refused(() => checkCustodyFollows(head, before, []), 'head_older');
    refused(() => checkCustodyFollows({ ...before, root: rootOf([second]) }, head, step), 'heads_disagree');
  });
});
