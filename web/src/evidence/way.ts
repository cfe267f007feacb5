// The way of a file to the server and back: hers, by her mailbox, or a caseworker's, by her device.
// What is asked is the same; whose it is differs.

import { toBase64 } from '../onestop/base64';
import { ask, tell } from '../onestop/send';
import type { Challenge, Proof } from '../onestop/wire';
import { post, Problem } from '../kernel/send';
import { fromBase64 } from '../onestop/base64';
import { HERSELF } from '../seal/consent';
import { HER_DEVICE } from '../seal/custody';
import type { Signer } from '../seal/keys';
import { signOpened, type Mailbox } from '../seal/mailbox';
import type { CustodyFound, CustodyNote, FileBegun, FileState } from './wire';

/** What can be asked of the files of one case. */
export interface Way {
  /** Of the events of the custody log. */
  signer: Signer;
  team: Uint8Array;
  device: Uint8Array;
  /** The city's time, UTC milliseconds. */
  now: () => number;
  begin: (begun: FileBegun) => Promise<void>;
  part: (file: string, part: number, closed: Uint8Array) => Promise<void>;
  state: () => Promise<FileState[]>;
  get: (file: string, part: number) => Promise<Uint8Array>;
  note: (noted: CustodyNote) => Promise<void>;
  found: (leaves: readonly Uint8Array[]) => Promise<CustodyFound>;
}

/** Her way can delete, too. */
export interface HerWay extends Way {
  remove: (leaf: Uint8Array, noted: CustodyNote | null) => Promise<void>;
}

/** A part is a megabyte and a half as text: on a bad network it takes its time. */
const PATIENCE_MILLIS = 90_000;
/** A challenge is good for ten minutes. */
const PROOF_MILLIS = 7 * 60_000;

/** Proofs that the mailbox is hers: one for some minutes, because a film has hundreds of parts. */
function prover(she: Mailbox): <T>(send: (proof: Proof) => Promise<T>) => Promise<T> {
  let held: { proof: Proof; until: number } | null = null;
  const prove = async () => {
    const challenge = fromBase64((await ask<Challenge>('challenge')).challenge);
    const [locator, signing_key] = [toBase64(she.locator), toBase64(she.signingKey)];
    const proof = { locator, signing_key, challenge: toBase64(challenge), signature: toBase64(signOpened(she, challenge)) };
    held = { proof, until: performance.now() + PROOF_MILLIS };
    return proof;
  };
  return async (send) => {
    const proof = held && performance.now() < held.until ? held.proof : await prove();
    try {
      return await send(proof);
    } catch (reason) {
      if (!(reason instanceof Problem) || reason.code !== 'onestop.challenge_stale') throw reason;
      return send(await prove());
    }
  };
}

/** Her way to the files of a case of hers. */
export function hersWay(she: Mailbox, caseId: string, now: () => number): HerWay {
  const proved = prover(she);
  const say = <T>(path: string, body: object) => proved((proof) => tell<T>(`mailbox/${path}`, { proof, case: caseId, ...body }));
  return {
    signer: she, team: HERSELF, device: HER_DEVICE, now,
    begin: (begun) => say<void>('file/begin', { begun }),
    part: (file, part, closed) => say<void>('file/part', { sent: { file, part, closed: toBase64(closed) } }),
    state: async () => (await say<{ files: FileState[] }>('file/state', {})).files,
    get: async (file, part) => fromBase64((await say<{ closed: string }>('file/get', { wanted: { file, part } })).closed),
    note: (noted) => say<void>('custody', { noted }),
    found: (leaves) => proved((proof) => tell<CustodyFound>('mailbox/custody/find', { proof, leaves: leaves.map(toBase64) })),
    remove: (leaf, noted) => say<void>('file/delete', { leaf: toBase64(leaf), noted }),
  };
}

/** A caseworker's way to the files of a case. */
export function centersWay(own: { device: Signer; deviceId: string; center: string }, caseId: string, now: () => number): Way {
  const { device, deviceId, center } = own;
  const say = <T>(path: string, body: object) => post<T>(`/api/onestop/case/${path}`, body, { patience: PATIENCE_MILLIS });
  const told = { case: caseId, device: deviceId };
  return {
    signer: device, team: fromBase64(center), device: fromBase64(deviceId), now,
    begin: (begun) => say<void>('file/begin', { ...told, begun }),
    part: (file, part, closed) => say<void>('file/part', { ...told, sent: { file, part, closed: toBase64(closed) } }),
    state: async () => (await say<{ files: FileState[] }>('file/state', { case: caseId })).files,
    get: async (file, part) => fromBase64((await say<{ closed: string }>('file/get', { ...told, wanted: { file, part } })).closed),
    note: (noted) => say<void>('custody', { ...told, noted }),
    found: (leaves) => say<CustodyFound>('custody/find', { leaves: leaves.map(toBase64) }),
  };
}

