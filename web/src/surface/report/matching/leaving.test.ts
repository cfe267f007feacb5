import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem, Unreached } from '../../../kernel/send';
import { Fn, Point } from '../../../matching/group';
import { withdrawalHash } from '../../../matching/entry';
import { browserChance } from '../../../seal/chance';
import { publicKeyOf } from '../../../seal/envelope';
import { fromBase64, toBase64 } from '../../../onestop/base64';
import { housesOf, type Doors, type Houses } from './houses';
import { NOTHING_KEPT, type Kept } from './kept';
import { Leaving, sendAgain, takeLeftBack, TooFew, type Keeping, type Wish } from './leaving';

// Arithmetic that takes seconds where the cores are shared.
vi.setConfig({ testTimeout: 120_000 });

// Three holders of one key and an issuer of two, by the library's own server side, in this test's
// memory: what leaves her page is answered as the houses answer, and counted.

const { voprf } = ristretto255_oprf;
const whole = 987_654_321n;
const shares = [1n, 2n, 3n].map((at) => Fn.toBytes(Fn.add(whole, Fn.mul(57n, at))));
const keyOf = (secret: Uint8Array) => Point.BASE.multiply(Fn.fromBytes(secret)).toBytes();
const [askSecret, leaveSecret] = [Fn.toBytes(11_111n), Fn.toBytes(22_222n)];
const name = (ko: string) => ({ ko, en: ko });

function evaluated(secret: Uint8Array, blinded: string): Uint8Array {
  const made = voprf.blindEvaluate(secret, keyOf(secret), fromBase64(blinded));
  return Uint8Array.of(...made.evaluated, ...made.proof);
}

async function houses(): Promise<Houses> {
  const reader = async () => toBase64(await publicKeyOf(browserChance(32)));
  return housesOf({
    issuer: { name: name('발급'), where: name('곳'), hours: name('낮'), phone: '02-0000-0000', origin: 'https://issuer.test', ask_key: toBase64(keyOf(askSecret)), leave_key: toBase64(keyOf(leaveSecret)) },
    holders: shares.map((share, at) => ({ number: at + 1, name: name(`${at + 1}`), origin: `https://${at + 1}.test`, key: toBase64(keyOf(share)) })),
    matcher_key: await reader(),
    counsel: [{ name: name('가'), key: await reader() }, { name: name('나'), key: await reader() }],
  });
}

/** The houses, as far as they remember. */
class Street {
  readonly exchanged = new Map<string, string>();
  readonly spent = new Map<string, string>();
  readonly entries = new Map<string, string>();
  readonly asked: { holder: number; body: string }[] = [];
  exchanges = 0;
  away: number[] = [];
  full: number[] = [];
  lying: number | null = null;
  /** The next so many answers are lost on the way, though what was asked has happened. */
  lost = { tokens: 0, leave: 0 };
  gone: string[] = [];

  readonly doors: Doors = {
    tokens: (body) => {
      this.exchanges += 1;
      const asked = `${body.ask} ${body.leave}`;
      if ((this.exchanged.get(body.code) ?? asked) !== asked) return Promise.reject(new Problem({ code: 'matching.code_used', status: 409 }));
      this.exchanged.set(body.code, asked);
      if (this.lost.tokens-- > 0) return Promise.reject(new Unreached('lost'));
      return Promise.resolve({ person: toBase64(new Uint8Array(32).fill(7)), ask: toBase64(evaluated(askSecret, body.ask)), leave: toBase64(evaluated(leaveSecret, body.leave)) });
    },
    answer: (holder, body) => {
      if (this.away.includes(holder)) return Promise.reject(new Unreached('away'));
      if (this.full.includes(holder)) return Promise.reject(new Problem({ code: 'matching.too_many_this_hour', status: 429 }));
      const { blinded, spending } = JSON.parse(body) as { blinded: string; spending: string };
      const nonce = toBase64(fromBase64(spending).slice(0, 32));
      if ((this.spent.get(nonce) ?? blinded) !== blinded) return Promise.reject(new Problem({ code: 'matching.token_used', status: 409 }));
      this.spent.set(nonce, blinded);
      this.asked.push({ holder, body });
      const share = shares[this.lying === holder ? (holder + 1) % 3 : holder] as Uint8Array;
      return Promise.resolve({ answer: toBase64(Uint8Array.of(holder + 1, ...evaluated(share, blinded))) });
    },
    leave: (body) => {
      const { number } = JSON.parse(body) as { number: string };
      if ((this.entries.get(number) ?? body) !== body) return Promise.reject(new Problem({ code: 'matching.entry_taken', status: 409 }));
      this.entries.set(number, body);
      return this.lost.leave-- > 0 ? Promise.reject(new Unreached('lost')) : Promise.resolve();
    },
    takeBack: (withdrawal) => {
      this.gone.push(withdrawal);
      return Promise.resolve();
    },
  };
}

/** Her mailbox, as far as this needs one. */
class Box implements Keeping {
  all: Kept = NOTHING_KEPT;
  broken = 0;
  now = () => 1_764_000_123_456;
  kept = () => this.all;
  change = (how: (kept: Kept) => Kept) => {
    if (this.broken-- > 0) return Promise.reject(new Unreached('lost'));
    this.all = how(this.all);
    return Promise.resolve();
  };
}

const wish: Wish = { code: 'K7PD2MQX9RTV', kind: 'phone', canonical: 'tel:+821012345678', people: 3, contact: '문자 010-0000-0000' };
const nothing = () => undefined;
const codeOf = async (run: Promise<unknown>) => run.then(() => 'done', (reason: unknown) => (reason instanceof TooFew ? reason.code : (reason as { code: string }).code));

describe('a name on its way', () => {
  let street: Street;
  let box: Box;
  let all: Houses;
  beforeEach(async () => {
    [street, box, all] = [new Street(), new Box(), await houses()];
  });
  const leaving = () => new Leaving(all, street.doors, box, browserChance);

  test('one entry, what takes it back in her mailbox, and nothing of whom she named', async () => {
    const legs: string[] = [];
    await leaving().go(wish, (leg) => void legs.push(leg));
    expect(legs).toEqual(['code', 'ask', 'close', 'leave']);
    expect(street.entries.size).toBe(1);
    const [left] = box.all.left;
    const entry = JSON.parse([...street.entries.values()][0] ?? '') as { withdrawal_hash: string; entry: string };
    expect(fromBase64(entry.entry)).toHaveLength(4593);
    expect(entry.withdrawal_hash).toBe(toBase64(withdrawalHash(fromBase64(left?.token ?? ''))));
    expect(left).toMatchObject({ kind: 'phone', people: 3, going: null, at: 1_764_000_000_000 });
    expect(box.all.drawn).toBeNull();
    expect(JSON.stringify([box.all, street.asked, [...street.entries.values()]])).not.toMatch(/12345678|tel:/);
    expect(street.asked).toHaveLength(2);
  });

  test('an answer that is lost costs no second code: the same page goes on', async () => {
    street.lost = { tokens: 1, leave: 1 };
    const one = leaving();
    expect(await codeOf(one.go(wish, nothing))).toBe('unreached');
    expect(one.closed).toBe(false);
    expect(await codeOf(one.go(wish, nothing))).toBe('unreached');
    expect(one.closed).toBe(true);
    await one.go(wish, nothing);
    expect([street.entries.size, street.exchanged.size, box.all.left.length]).toEqual([1, 1, 1]);
    expect(box.all.left[0]?.going).toBeNull();
  });

  test('and so does another page, another day, from what is in the mailbox', async () => {
    street.away = [0, 1, 2];
    expect(await codeOf(leaving().go(wish, nothing))).toBe('too_few_answers');
    expect(box.all.drawn?.code).toBe(wish.code);
    street.away = [];
    street.lost.leave = 1;
    expect(await codeOf(leaving().go(wish, nothing))).toBe('unreached');
    const [left] = box.all.left;
    expect(left?.going).not.toBeNull();
    if (left) await sendAgain(left, street.doors, box);
    expect([street.entries.size, street.exchanged.size, box.all.left[0]?.going]).toEqual([1, 1, null]);
  });

  test('without her mailbox nothing is left anywhere', async () => {
    box.broken = 1;
    expect(await codeOf(leaving().go(wish, nothing))).toBe('unreached');
    expect(street.exchanges).toBe(0);
    box.broken = 0;
    const one = leaving();
    const changed = box.change;
    box.change = (how) => (how(box.all).left.length > 0 ? Promise.reject(new Unreached('lost')) : changed(how));
    expect(await codeOf(one.go(wish, nothing))).toBe('unreached');
    expect(street.entries.size).toBe(0);
  });

  test('one holder away is not felt, two are said, and the hour\'s cap is another word', async () => {
    for (const away of [[0], [1], [2]]) {
      [street, box] = [new Street(), new Box()];
      street.away = away;
      expect(await codeOf(leaving().go(wish, nothing)), `${away}`).toBe('done');
    }
    [street, box] = [new Street(), new Box()];
    street.away = [0, 2];
    expect(await codeOf(leaving().go(wish, nothing))).toBe('too_few_answers');
    street.away = [];
    street.full = [1, 2];
    const one = leaving();
    expect(await codeOf(one.go(wish, nothing))).toBe('matching.too_many_this_hour');
    expect(street.entries.size).toBe(0);
    street.full = [];
    expect(await codeOf(one.go(wish, nothing))).toBe('done');
    expect(street.exchanged.size).toBe(1);
  });

  test('an answer of another key is nobody\'s: the third is asked, and without it nothing goes', async () => {
    street.lying = 1;
    expect(await codeOf(leaving().go(wish, nothing))).toBe('done');
    [street, box] = [new Street(), new Box()];
    street.lying = 1;
    street.away = [0];
    expect(await codeOf(leaving().go(wish, nothing))).toBe('proof_wrong');
    expect(street.entries.size).toBe(0);
  });

  test('an issuer with another key gives nothing that is taken', async () => {
    const other = { ...street.doors, tokens: (body: Parameters<Doors['tokens']>[0]) => street.doors.tokens(body).then((issued) => ({ ...issued, leave: toBase64(evaluated(askSecret, body.leave)) })) };
    expect(await codeOf(new Leaving(all, other, box, browserChance).go(wish, nothing))).toBe('proof_wrong');
    expect(street.asked).toHaveLength(0);
  });

  test('a code that was asked with stays with what was asked; a used one is refused', async () => {
    street.away = [0, 1];
    const one = leaving();
    await codeOf(one.go(wish, nothing));
    street.away = [];
    expect(await codeOf(one.go({ ...wish, canonical: 'tel:+821099999999' }, nothing))).toBe('matching.token_used');
    expect(await codeOf(one.go(wish, nothing))).toBe('done');
    expect(await codeOf(leaving().go(wish, nothing))).toBe('matching.code_used');
    expect(street.entries.size).toBe(1);
  });

  test('taken back it stays in the list, with nothing in it that could take it back', async () => {
    await leaving().go(wish, nothing);
    const [left] = box.all.left;
    if (left) await takeLeftBack(left, street.doors, box);
    expect(street.gone).toEqual([left?.token]);
    expect(box.all.left).toMatchObject([{ token: null, going: null, people: 3 }]);
  });
});

test('three keys that are not of one key, or houses out of order, are refused', async () => {
  const answer = {
    issuer: { name: name('발급'), where: name('곳'), hours: name('낮'), phone: '02', origin: 'https://i.test', ask_key: toBase64(keyOf(askSecret)), leave_key: toBase64(keyOf(leaveSecret)) },
    holders: [1, 2, 3].map((number) => ({ number, name: name('h'), origin: 'https://h.test', key: toBase64(keyOf(shares[number === 3 ? 0 : number - 1] as Uint8Array)) })),
    matcher_key: toBase64(await publicKeyOf(browserChance(32))),
    counsel: [{ name: name('가'), key: toBase64(await publicKeyOf(browserChance(32))) }, { name: name('나'), key: toBase64(await publicKeyOf(browserChance(32))) }],
  };
  expect(() => housesOf(answer)).toThrow('holders_do_not_fit');
  expect(() => housesOf({ ...answer, counsel: answer.counsel.slice(1) })).toThrow('form_broken');
  expect(() => housesOf({ ...answer, holders: answer.holders.slice(1) })).toThrow('form_broken');
});
