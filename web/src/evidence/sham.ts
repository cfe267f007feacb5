// For the tests: where a city keeps files of the evidence, in memory, with a custody log of its own. It
// checks what the server checks, and can lose what is on its way.

import { fromBase64, toBase64 } from '../onestop/base64';
import { isHers, readCustodyEvent, signedCustodyEvent } from '../seal/custody';
import { writeHead } from '../seal/directory';
import { alike } from '../seal/form';
import { checkOpened } from '../seal/mailbox';
import { rootOf } from '../seal/merkle';
import { sign } from '../seal/signature';
import type { Said, Sham } from '../onestop/sham';
import type { Proof } from '../onestop/wire';
import type { CustodyFound, CustodyNote, FileBegun, FileState } from './wire';

const HOUR_MILLIS = 3_600_000;
const PART_BYTES = 1024 * 1024;

interface Kept {
  case: string;
  begun: FileBegun;
  parts: Map<number, Uint8Array>;
}

const refused = (status: number, code: string): Said => ({ status, body: { code, status, title: code } });
const gone = { status: 204, body: null };

/** The bodies of her routes, all in one. */
interface Body {
  proof: Proof;
  case: string;
  begun: FileBegun;
  sent: { file: string; part: number; closed: string };
  wanted: { file: string; part: number };
  leaf: string;
  leaves: string[];
  noted: CustodyNote | null;
}

export class ShamFiles {
  files = new Map<string, Kept>();
  events: CustodyNote[] = [];
  /** Parts that still arrive before the network breaks; after so many lost ones it is back. */
  breaks: { after: number; lost: number } | null = null;

  constructor(
    readonly city: Sham,
    readonly logSeed: Uint8Array = city.logSeed,
  ) {}

  /** What the server would answer to her; `lost`: nothing comes back. */
  answer(path: string, text: string): Said | 'lost' {
    const body = JSON.parse(text) as Body;
    const { locator, challenge, signing_key, signature } = body.proof;
    checkOpened(fromBase64(locator), fromBase64(challenge), fromBase64(signing_key), fromBase64(signature));
    if (path !== 'custody/find' && !this.city.cases.some((one) => one.locator === locator && one.case.case === body.case)) return refused(404, 'request.no-such-thing');
    switch (path) {
      case 'file/begin': return this.#begin(body);
      case 'file/part': return this.#part(body);
      case 'file/state': return { status: 200, body: { files: this.state(body.case) } };
      case 'file/get': return this.#get(body);
      case 'file/delete': return this.#delete(body);
      case 'custody': return this.#note(body.noted, fromBase64(signing_key));
      case 'custody/find': return { status: 200, body: this.found(body.leaves) };
      default: return refused(404, 'request.no-such-thing');
    }
  }

  #begin({ case: of, begun }: Body): Said {
    const there = this.files.get(begun.file);
    if (there) return there.case === of && JSON.stringify(there.begun) === JSON.stringify(begun) ? { status: 200, body: {} } : refused(409, 'onestop.file_taken');
    this.files.set(begun.file, { case: of, begun, parts: new Map() });
    return { status: 201, body: {} };
  }

  #part({ sent: { file, part, closed } }: Body): Said | 'lost' {
    const there = this.files.get(file);
    if (!there) return refused(404, 'request.no-such-thing');
    if (this.breaks) {
      if (this.breaks.after > 0) this.breaks.after -= 1;
      else {
        this.breaks.lost -= 1;
        if (this.breaks.lost <= 0) this.breaks = null;
        return 'lost';
      }
    }
    const bytes = fromBase64(closed);
    const left = there.begun.padded - part * PART_BYTES;
    if (left <= 0 || bytes.length !== Math.min(left, PART_BYTES) + 16) return refused(422, 'seal.form_broken');
    const before = there.parts.get(part);
    if (before && !alike(before, bytes)) return refused(409, 'onestop.part_taken');
    there.parts.set(part, bytes);
    return gone;
  }

  /** How far the files of a case have come. */
  state(of: string): FileState[] {
    return [...this.files].filter(([, kept]) => kept.case === of).map(([file, { begun, parts }]) => {
      const count = Math.ceil(begun.padded / PART_BYTES);
      return { file, parts: count, missing: Array.from({ length: count }, (_, part) => part).filter((part) => !parts.has(part)), begun_at: this.city.now };
    });
  }

  #get({ wanted: { file, part } }: Body): Said {
    const there = this.files.get(file);
    const noted = there && this.#eventsOf(there.begun.leaf).some((event) => [2, 3, 5, 7].includes(event.action) && isHers(event));
    if (there && !noted) return refused(409, 'onestop.not_noted');
    const closed = there?.parts.get(part);
    return closed ? { status: 200, body: { closed: toBase64(closed) } } : refused(404, 'request.no-such-thing');
  }

  #eventsOf(leaf: string) {
    return this.events.map(({ event }) => readCustodyEvent(fromBase64(event))).filter((event) => toBase64(event.leaf) === leaf);
  }

  #note(noted: CustodyNote | null, key: Uint8Array): Said {
    if (!noted) return refused(422, 'seal.form_broken');
    const event = signedCustodyEvent(fromBase64(noted.event), key, fromBase64(noted.signature));
    const leaf = toBase64(event.leaf);
    const count = this.#eventsOf(leaf).length;
    if (Number(event.at) !== Math.floor(this.city.now / HOUR_MILLIS) * HOUR_MILLIS) return refused(422, 'seal.form_broken');
    if (event.seq !== BigInt(count + 1)) return refused(409, 'onestop.version_taken');
    const whole = this.state(this.files.values().next().value?.case ?? '').some(({ file, missing }) => this.files.get(file)?.begun.leaf === leaf && missing.length === 0);
    if (count === 0 && !whole) return refused(409, 'onestop.not_noted');
    this.events.push(noted);
    return { status: 200, body: { seq: count + 1 } };
  }

  #delete({ leaf, noted, proof }: Body): Said {
    if (this.#eventsOf(leaf).length > 0) {
      const said = this.#note(noted, fromBase64(proof.signing_key));
      if (said.status !== 200) return said;
    }
    for (const [file, { begun }] of this.files) if (begun.leaf === leaf) this.files.delete(file);
    return gone;
  }

  /** What the log has of these pieces: nobody else's events are in it, so there is no rest. */
  found(leaves: readonly string[]): CustodyFound {
    const all = this.events.map(({ event, signature }, place) => ({ place, event, signature }));
    const bytes = all.map(({ event }) => fromBase64(event));
    const own = all.filter((_, at) => leaves.includes(toBase64(readCustodyEvent(bytes[at] ?? new Uint8Array()).leaf)));
    const head = writeHead({ size: BigInt(bytes.length), root: rootOf(bytes), at: BigInt(this.city.now) });
    return {
      heads: bytes.length > 0 ? [{ head: toBase64(head), signature: toBase64(sign(this.logSeed, 'custody-head', head)) }] : [],
      events: own,
      rest: all.filter((one) => !own.includes(one)).map(({ place }) => ({ from: place, count: 1, hash: toBase64(leafHash(bytes[place] ?? new Uint8Array())) })),
      devices: [], keys_head: null, keys_signature: null,
    };
  }
}

/** The hash of one leaf: the root of a tree that has no other. */
const leafHash = (event: Uint8Array) => rootOf([event]);

