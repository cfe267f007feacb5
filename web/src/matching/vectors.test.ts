import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { digest } from '../seal/digest';
import type { Bytes } from '../seal/form';
import { finish, holdersOf, readAnswer } from './asked';
import { closeEntry, leftHash, withdrawalHash } from './entry';
import { element, scalar } from './group';
import { canonical } from './identifier';
import { checkShare, levelOf, shareOf, tagOf } from './level';
import { REFUSALS, Refusal } from './refusal';
import { spend, takeToken } from './token';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000 });

// What both sides must answer, byte by byte: crates/engine/matching/vectors, whose README says how a
// file is read. Whatever this test does not know, it fails on.

const folder = resolve(import.meta.dirname, '../../../crates/engine/matching/vectors');
/** What only the matcher, counsel, a holder and the issuer do: nothing of it runs in a browser. */
const ELSEWHERE = ['limits.json', 'matcher.json'];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Fields = Record<string, Json>;
interface Case { name: string; operation: string; inputs: Fields; gives?: Fields; refused?: string }
interface Section { section: string; cases: Case[] }

const unhex = (text: Json): Bytes => Uint8Array.from((text as string).match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const text = (value: Json | undefined) => value as string;
const utf8 = (value: Json | undefined) => new TextEncoder().encode(value as string);
const many = (value: Json | undefined) => (value as Json[]).map(unhex);

/** A question from its parts; a part that is none is refused as it is where it is used. */
function askedOf(input: Bytes, blind: Bytes, blinded: Bytes) {
  scalar(blind);
  element(blinded);
  return { input, blind, blinded };
}

/** Gives these bytes one after the other. */
function given(bytes: Bytes) {
  let at = 0;
  return (length: number) => bytes.slice(at, (at += length));
}

/** Every operation of every section. */
const OPERATIONS: Record<string, Record<string, (inputs: Fields) => Promise<object> | object>> = {
  identifiers: {
    phone: (one) => ({ canonical: canonical({ kind: 'phone', text: text(one['text']) }) }),
    plate: (one) => ({ canonical: canonical({ kind: 'plate', text: text(one['text']) }) }),
    handle: (one) => ({ canonical: canonical({ kind: 'handle', platform: text(one['platform']), text: text(one['text']) }) }),
    person: (one) => ({ canonical: canonical({ kind: 'person', name: text(one['name']), born: one['born'] as number, workplace: text(one['workplace']) }) }),
  },
  holders: {
    keys: (one) => (holdersOf(many(one['keys'])), {}),
    finish: (one) => {
      const holders = holdersOf(many(one['keys']));
      const asked = askedOf(utf8(one['input']), unhex(one['blind'] ?? ''), unhex(one['blinded'] ?? ''));
      return { known: hex(finish(asked, holders, many(one['answers']).map(readAnswer))) };
    },
  },
  levels: {
    share: (one) => {
      const share = shareOf(unhex(one['known'] ?? ''), unhex(one['person'] ?? ''), levelOf(one['people'] as number));
      checkShare(share);
      return { commitments: share.commitments.map(hex), x: hex(share.x), y: hex(share.y), tag: hex(tagOf(share)) };
    },
    check: (one) => {
      checkShare({ level: levelOf(one['people'] as number), commitments: many(one['commitments']), x: unhex(one['x'] ?? ''), y: unhex(one['y'] ?? '') });
      return {};
    },
  },
  entries: {
    close: async (one) => {
      const closed = await closeEntry(
        { number: unhex(one['number'] ?? ''), known: unhex(one['known'] ?? ''), person: unhex(one['person'] ?? ''), people: one['people'] as number, contact: utf8(one['contact']) },
        { matcher: unhex(one['matcher'] ?? ''), counsel: [unhex(one['first'] ?? ''), unhex(one['second'] ?? '')] },
        given(unhex(one['random'] ?? '')),
      );
      return { length: closed.length, hash: hex(digest(closed)) };
    },
    left: (one) => ({ hash: hex(leftHash(unhex(one['number'] ?? ''), unhex(one['withdrawal'] ?? ''), unhex(one['entry'] ?? ''))) }),
    withdrawal: (one) => ({ hash: hex(withdrawalHash(unhex(one['token'] ?? ''))) }),
  },
  tokens: {
    take: (one) => {
      const asked = askedOf(unhex(one['nonce'] ?? ''), unhex(one['blind'] ?? ''), unhex(one['blinded'] ?? ''));
      const token = takeToken(asked, unhex(one['issuer'] ?? ''), unhex(one['element'] ?? ''), unhex(one['proof'] ?? ''));
      return { spending: hex(spend(token, unhex(one['question'] ?? ''))) };
    },
  },
};

const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test('there are vectors to be held to, and none for what is not known here', () => {
  const known = Object.keys(OPERATIONS).map((section) => `${section}.json`);
  expect([...files].sort()).toEqual([...known, ...ELSEWHERE].sort());
});

describe.each(files.filter((name) => !ELSEWHERE.includes(name)))('%s', (name) => {
  const file = JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as Section;
  test('is the section of its name, with cases each named once', () => {
    expect(`${file.section}.json`).toBe(name);
    expect(new Set(file.cases.map((one) => one.name)).size).toBe(file.cases.length);
  });
  test.each(file.cases.map((one): [string, Case] => [one.name, one]))('%s', async (_name, one) => {
    const run = OPERATIONS[file.section]?.[one.operation];
    if (!run) throw new Error(`unknown operation ${one.operation}`);
    const outcome: unknown = await Promise.resolve().then(() => run(one.inputs)).catch((error: unknown) => error);
    if (one.refused === undefined) {
      if (outcome instanceof Error) throw outcome;
      expect(outcome).toEqual(one.gives);
    } else {
      expect(one.gives).toBeUndefined();
      expect(REFUSALS).toContain(one.refused);
      expect(outcome).toBeInstanceOf(Refusal);
      expect((outcome as Refusal).code).toBe(one.refused);
    }
  });
});
