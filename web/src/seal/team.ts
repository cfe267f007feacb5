// A team's private key of one epoch, closed for each member's device, and the move of what was
// closed for one epoch to the next when somebody leaves (SPEC §8).

import type { Chance } from './chance';
import type { Place } from './compartment';
import { DEVICE_BYTES, TEAM_BYTES } from './directory';
import { disclose, enclose, publicKeyOf, SEED_BYTES } from './envelope';
import { exactly, Writer, type Bytes, type Label } from './form';
import type { Opener } from './keys';
import { Refusal } from './refusal';
import { dummyWrap, openWrap, WRAP_BYTES, wholeWraps, wrapFor, type Column } from './wrap';

/** Which key it is, and for which device it is closed. */
export interface TeamKeyPlace {
  team: Uint8Array;
  epoch: number;
  device: Uint8Array;
}

/** A team's key of one epoch, opened. Its seed is private in the language's own sense. */
export class TeamKey implements Opener {
  readonly #seed: Bytes;

  private constructor(
    /** The key to close for. */
    readonly publicKey: Bytes,
    seed: Bytes,
  ) {
    this.#seed = seed;
  }

  /** A new key; the directory has to list its public half before anybody closes for it. */
  static draw(chance: Chance): Promise<TeamKey> {
    return TeamKey.ofSeed(chance(SEED_BYTES));
  }

  /** The key of a seed. */
  static async ofSeed(seed: Uint8Array): Promise<TeamKey> {
    const own = exactly(seed, SEED_BYTES, 'key_not_whole');
    return new TeamKey(await publicKeyOf(own), own);
  }

  /** Opens a team's key that was closed for this device. */
  static async open(device: Opener, place: TeamKeyPlace, closed: Uint8Array): Promise<TeamKey> {
    return TeamKey.ofSeed(await openTeamSeed(device, place, closed));
  }

  disclose(use: Label, place: Uint8Array, envelope: Uint8Array): Promise<Bytes | null> {
    return disclose(this.#seed, use, place, envelope);
  }

  /** Closes it for another member's device. */
  closeFor(devicePublicKey: Uint8Array, place: TeamKeyPlace, chance: Chance): Promise<Bytes> {
    return enclose(devicePublicKey, 'team-key', placeOf(place), this.#seed, chance);
  }

  /** Hands the seed to what shares it out (`recovery.ts`), and to nothing else. */
  share<T>(out: (seed: Uint8Array) => T): T {
    return out(this.#seed);
  }
}

/** The seed inside, for whoever recovers or opens a team's key. */
export async function openTeamSeed(device: Opener, place: TeamKeyPlace, closed: Uint8Array): Promise<Bytes> {
  if (closed.length !== WRAP_BYTES) throw new Refusal('wrap_not_whole');
  const seed = await device.disclose('team-key', placeOf(place), closed);
  if (!seed) throw new Refusal('not_for_you');
  return seed;
}

function placeOf({ team, epoch, device }: TeamKeyPlace): Bytes {
  return new Writer().fixed(team, TEAM_BYTES).u32(epoch).fixed(device, DEVICE_BYTES).bytes();
}

/** The key a team had, and the public half of the one it moves to. */
export interface KeyMove {
  from: Opener;
  to: Uint8Array;
}

/**
 * The wraps of one version of one compartment after a column has moved to a new key. Where its
 * reader may not open (`mayOpen`), the dummy is made anew as well: one that stayed while the others
 * changed would show that it is one. Who moved it signs so (`written.ts`).
 */
export async function moveColumn(
  move: KeyMove,
  wraps: readonly Uint8Array[],
  place: Place,
  columns: readonly Column[],
  column: number,
  mayOpen: boolean,
  chance: Chance,
): Promise<Uint8Array[]> {
  wholeWraps(wraps);
  const beside = columns[column];
  if (!beside) throw new Refusal('form_broken');
  return replaced(wraps, column, mayOpen ? await moveWrap(move, wraps, place, columns, column, beside, chance) : await dummyWrap(place, column, beside, chance));
}

/** The wraps after a consent was withdrawn: a dummy stands in its column. */
export async function withdrawColumn(wraps: readonly Uint8Array[], place: Place, columns: readonly Column[], column: number, chance: Chance): Promise<Uint8Array[]> {
  wholeWraps(wraps);
  const beside = columns[column];
  if (!beside) throw new Refusal('form_broken');
  return replaced(wraps, column, await dummyWrap(place, column, beside, chance));
}

/** A column that another consent stands in now, and whose key opens what it lets open. */
export interface Laying {
  column: number;
  /** The mark of the later consent. */
  mark: Uint8Array;
  /** `null`: its reader may not open this kind. */
  publicKey: Uint8Array | null;
}

/**
 * The wraps after she gave a reader another consent: the key that `own` opens, closed under its mark,
 * or another dummy.
 */
export async function layColumn(she: Opener, own: number, wraps: readonly Uint8Array[], place: Place, columns: readonly Column[], { column, mark, publicKey }: Laying, chance: Chance): Promise<Uint8Array[]> {
  if (column === own) throw new Refusal('form_broken');
  if (!publicKey) return replaced(wraps, column, await dummyWrap(place, column, { mark }, chance));
  const key = await openWrap(she, wraps, place, columns, own);
  const wrap = await wrapFor(publicKey, key, place, column, { mark }, chance);
  key.fill(0);
  return replaced(wraps, column, wrap);
}

async function moveWrap(move: KeyMove, wraps: readonly Uint8Array[], place: Place, columns: readonly Column[], column: number, beside: Column, chance: Chance): Promise<Bytes> {
  const key = await openWrap(move.from, wraps, place, columns, column);
  const moved = await wrapFor(move.to, key, place, column, beside, chance);
  key.fill(0);
  return moved;
}

const replaced = (wraps: readonly Uint8Array[], column: number, wrap: Uint8Array) => wraps.map((one, at) => (at === column ? wrap : one));
