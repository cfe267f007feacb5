// What a caseworker has open. In memory only: locking, leaving or ten minutes without use end it.

import { serverNow, setClock } from '../../kernel/clock.svelte';
import { Problem } from '../../kernel/send';
import type { Opened, Reader } from '../../onestop/case';
import type { DeskDevice, DeskView, OwnKey, Row } from '../../onestop/desk';
import type { Directory } from '../../onestop/directory';
import type { LetterPen } from '../../onestop/letter';
import { contentOf, type Entry } from '../../casework/entries';
import type { Told } from '../../onestop/work';
import type { Device } from '../../seal/device';
import { sitting } from '../../session/session.svelte';
import type { Role } from '../../wire';
import { drafts } from './drafts.svelte';
import { moveCase } from './moving';
import { inOrder } from './order';
import { parts } from './parts';
import { letters } from './referral/letters.svelte';
import { visit } from './visit/visit.svelte';
import { post, put, server, type Ways } from './ways';

const IDLE_MILLIS = 10 * 60_000;
/** So long before it locks by itself, it says so. */
const SOON_MILLIS = 60_000;
const AGAIN_MILLIS = 60_000;

export type Phase = 'loading' | 'failed' | 'locked' | 'joining' | 'waiting' | 'founding' | 'desk';

/** A seat at a center that takes referrals only. */
export const PARTNER = 'service_partner' satisfies Role;
/** Whoever sits at a center. */
export const AT_CENTER: readonly Role[] = ['caseworker', 'case_supervisor', PARTNER];

class Work {
  phase = $state<Phase>('loading');
  view = $state.raw<DeskView | null>(null);
  directory = $state.raw<Directory | null>(null);
  own = $state.raw<DeskDevice | null>(null);
  keys = $state.raw<readonly OwnKey[]>([]);
  rows = $state.raw<readonly Row[]>([]);
  progress = $state.raw<{ done: number; of: number } | null>(null);
  moving = $state.raw<{ done: number; of: number; failed: number } | null>(null);
  reason = $state.raw<unknown>(null);
  /** Why her key did not open: a refusal of the words, or one of ours. */
  doubt = $state<string | null>(null);
  keyDoubt = $state<string | null>(null);
  busy = $state(false);
  /** The passkey she opened it with; `null`: words. */
  passkey: Uint8Array | null = null;
  lockedBy = $state<'key' | 'idle' | null>(null);
  soon = $state(false);
  #chosen = $state<string | null>(null);
  #device: Device | null = $state.raw(null);
  #ways = $state.raw<Ways>(server);
  #drawn = '';
  #usedAt = Date.now();
  /** How often it was locked: what was begun before goes nowhere. */
  #running = 0;
  /** How often the inbox was looked at: a later look takes the place of one that is not done. */
  #listing = 0;

  get unlocked(): boolean {
    return this.#device !== null;
  }

  /** Whether she works with what she took along, without a network. */
  get away(): boolean {
    return this.#ways.keep !== null;
  }

  /** Her key, as long as it is open; for what is closed for her device alone. */
  key(): Device | null {
    return this.#device;
  }

  get chosen(): Row | null {
    return this.rows.find((row) => row.id === this.#chosen) ?? null;
  }

  /** The case she looked at last. */
  last: string | null = null;

  choose(row: Row | null): void {
    this.last = row?.id ?? this.#chosen;
    this.#chosen = row?.id ?? null;
    if (row?.state === 'open') void this.read(row);
  }

  /** Looks at the desk, and again every minute while the page is open. */
  start(): () => void {
    void this.look();
    const timer = setInterval(() => void this.#again(), AGAIN_MILLIS);
    return () => clearInterval(timer);
  }

  used(): void {
    this.#usedAt = Date.now();
    this.soon = false;
  }

  lockIfIdle(): void {
    // By the wall clock, so that a computer that slept locks when it wakes.
    const idle = Date.now() - this.#usedAt;
    drafts.age(Date.now());
    if (this.unlocked && idle > IDLE_MILLIS) this.lock('idle');
    else this.soon = this.unlocked && idle > IDLE_MILLIS - SOON_MILLIS;
  }

  /** Forgets the key and everything it opened. */
  lock(by: 'key' | 'idle' | 'left' | 'home' | null): void {
    if ((by === 'idle' || by === 'home') && this.own) drafts.lock(this.own.device, Date.now());
    else drafts.forget();
    letters.forget();
    visit.lock();
    this.#ways = server;
    this.#device?.forget();
    this.#device = null;
    this.#drawn = '';
    // A lock does not make an old version new again; leaving forgets this too.
    if (by === 'left') {
      server.seen.clear();
      this.view = this.directory = null;
      this.phase = 'loading';
    }
    this.#clear();
    this.own = this.passkey = null;
    this.busy = this.soon = false;
    this.lockedBy = by === 'key' || by === 'idle' ? by : null;
    if (this.phase !== 'loading' && this.phase !== 'failed') this.phase = 'locked';
  }

  /** Puts away all that was opened. */
  #clear(): void {
    this.#running += 1;
    this.keys = [];
    this.rows = [];
    this.progress = this.moving = null;
    this.doubt = this.keyDoubt = this.reason = null;
    this.#chosen = this.last = null;
  }

  /** Goes on with what was taken along, or with the server again; her key stays open. */
  async go(ways: Ways, device: Device): Promise<void> {
    this.#clear();
    this.#ways = ways;
    this.#device = device;
    this.view = this.directory = null;
    this.phase = 'loading';
    await this.look();
  }

  /** Reads the desk and the directory; the key that is open stays open. */
  async look(): Promise<void> {
    await this.#doing(async () => {
      await this.#fetch();
      if (this.#device) await this.#settle();
      else this.phase = 'locked';
    });
    if (this.reason && !this.view) this.phase = 'failed';
  }

  async #again(): Promise<void> {
    if (!this.unlocked || this.away || this.busy || this.progress || this.moving) return;
    await this.#fetch().catch(() => undefined);
    if (this.phase === 'waiting') await this.#settle().catch(() => undefined);
    else if (this.phase === 'desk') await this.inbox(false).catch(() => undefined);
  }

  async #fetch(): Promise<void> {
    const { directory } = await parts();
    const { view, keys, answer } = await this.#ways.desk();
    this.view = view;
    const believed = directory.believe(keys, answer);
    // What was taken along is as old as the visit; a consent ends by the hour it is now.
    this.directory = this.away ? { ...believed, now: serverNow() } : believed;
    if (!this.away) setClock(answer.now);
  }

  /** Whatever she does: one thing at a time, and what went wrong is said. */
  async #doing(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.reason = null;
    this.doubt = null;
    try {
      await act();
    } catch (problem) {
      const code = (problem as { code?: unknown }).code;
      if (problem instanceof Problem && problem.status === 401) void sitting.look();
      if ((problem as Error).name === 'Refusal' && typeof code === 'string') this.doubt = code;
      // A ceremony she called off, or an authenticator that knows nothing here.
      else if (problem instanceof DOMException) this.doubt = 'no-passkey';
      else this.reason = problem;
    } finally {
      this.busy = false;
    }
  }

  async byPasskey(): Promise<void> {
    const running = this.#running;
    await this.#doing(async () => {
      const { device, chance } = await parts();
      const opened = await device.openByPasskey(chance);
      if (!opened) this.doubt = 'no-prf';
      else await this.#take(opened.device, true, running);
      if (opened && this.unlocked) this.passkey = opened.credential;
    });
  }

  async byWords(typed: string): Promise<boolean> {
    const running = this.#running;
    await this.#doing(async () => {
      const { device } = await parts();
      await this.#take(await device.openByWords(typed, this.#salt()), false, running);
    });
    return this.unlocked;
  }

  async newWords(language: 'ko' | 'en'): Promise<string[]> {
    const { device, chance } = await parts();
    const words = device.drawWords(language, chance);
    this.#drawn = words.join(' ');
    this.doubt = null;
    return words;
  }

  /** Takes the words she was shown once she has typed them herself. */
  async practised(typed: string): Promise<void> {
    await this.#doing(async () => {
      const { device } = await parts();
      if (typed.trim().split(/\s+/u).join(' ').normalize('NFC').toLowerCase() !== this.#drawn.toLowerCase()) {
        this.doubt = 'not-those';
        return;
      }
      this.#device = await device.openByWords(this.#drawn, this.#salt());
      this.#drawn = '';
      await this.#join();
    });
  }

  async join(): Promise<void> {
    await this.#doing(() => this.#join());
  }

  #salt(): Uint8Array {
    if (!this.directory) throw new Problem({ code: 'unreached', status: 0 });
    return this.directory.salt;
  }

  async #take(device: Device, passkey: boolean, running: number): Promise<void> {
    const { desk } = await parts();
    const view = this.view;
    if (!view || running !== this.#running) return device.forget();
    if (desk.ownDevice(view, device)) {
      this.#device = device;
      return this.#settle();
    }
    // Words that read well open some key; one that is no device of hers is a mistake in typing.
    if (!passkey) {
      device.forget();
      this.doubt = 'not-yours';
      return;
    }
    this.#device = device;
    if (view.devices.some(({ own }) => own)) this.phase = 'joining';
    else await this.#join();
  }

  async #join(): Promise<void> {
    const { device, chance, base64 } = await parts();
    if (!this.view || !this.directory || !this.#device) return;
    const entry = device.entryOf(this.#device, base64.fromBase64(this.view.center), this.directory.now, chance);
    await post<void>('/api/onestop/device', { entry: base64.toBase64(entry) });
    await this.#fetch();
    await this.#settle();
  }

  /** Finds her device and the keys closed for it, and what can be done with them. */
  async #settle(): Promise<void> {
    const { desk } = await parts();
    const [view, device, directory] = [this.view, this.#device, this.directory];
    if (!view || !device || !directory) return;
    this.lockedBy = null;
    this.used();
    this.own = desk.ownDevice(view, device);
    if (!this.own) {
      this.phase = 'joining';
      return;
    }
    const keys = await desk.holdKeys(view, device, this.own);
    // Locked meanwhile: nothing comes back.
    if (this.#device !== device) return;
    drafts.open(this.own.device, Date.now());
    this.keys = keys;
    this.phase = desk.standing(view, this.keys);
    if (this.phase !== 'desk') return;
    this.keyDoubt = desk.keyDoubt(view, this.keys, directory);
    await this.inbox(true);
  }

  async #reader(): Promise<Reader | null> {
    const { desk } = await parts();
    return this.view && this.directory ? desk.readerOf(this.view, this.keys, this.directory, this.directory.now, this.rows) : null;
  }

  /** Reads the knocks and opens the cases behind them: all, or those that are new. */
  async inbox(all: boolean): Promise<void> {
    // Where only referrals are taken nothing knocks.
    if (sitting.has(PARTNER)) return;
    const { desk } = await parts();
    const [running, listing] = [this.#running, (this.#listing += 1)];
    const over = () => running !== this.#running || listing !== this.#listing;
    const knocks = await this.#ways.knocks();
    const [view, reader] = [this.view, await this.#reader()];
    if (!view || !reader || over()) return;
    const known = (id: string) => this.rows.find((row) => row.id === id && row.state !== 'keyless');
    const made = new Map<string, Row>();
    for (const item of knocks) if (!known(item.id)) made.set(item.id, await desk.rowOf(item, view, this.keys));
    if (over()) return;
    // A case that was read meanwhile stays as it was read.
    this.rows = inOrder(knocks.flatMap((item) => { const row = known(item.id) ?? made.get(item.id); return row ? [{ ...row, answeredAt: row.answeredAt ?? item.answered_at }] : []; }));
    const wanted = this.rows.filter((row) => row.knock && (all ? row.state !== 'gone' : row.state === 'closed'));
    await this.#openAll(wanted, reader, over);
  }

  async #openAll(wanted: readonly Row[], reader: Reader, over: () => boolean): Promise<void> {
    const { desk } = await parts();
    try {
      for (const [done, row] of wanted.entries()) {
        this.progress = { done, of: wanted.length };
        const opened = await this.#opened(row, reader);
        if (over()) return;
        this.rows = desk.settled(this.rows, opened);
      }
      this.rows = inOrder(this.rows);
    } finally {
      if (!over()) this.progress = null;
    }
  }

  async #opened(row: Row, reader: Reader): Promise<Row> {
    const { desk } = await parts();
    const { find, seen, shown } = this.#ways;
    return shown(await desk.openRow(row, await find(row.caseId), reader, seen));
  }

  #replace(row: Row): void {
    this.rows = this.rows.map((one) => (one.id === row.id ? row : one));
  }

  /** Reads one case again. */
  async read(row: Row): Promise<void> {
    const [running, reader] = [this.#running, await this.#reader()];
    if (!reader) return;
    await this.#doing(async () => {
      const opened = await this.#opened(row, reader);
      if (running === this.#running) this.#replace(opened);
    });
  }

  /** All that writing takes; `null`: locked meanwhile, or the case is not open. */
  async #pen(row: Row) {
    const [opened, reader, device, own, directory] = [row.opened, await this.#reader(), this.#device, this.own, this.directory];
    if (!opened || !reader || !device || !own || !directory) return null;
    const { directory: list } = await parts();
    const keyOf = (center: string) => list.centerNamed(directory, center)?.entry?.publicKey ?? null;
    return { opened, reader, device, own, keyOf };
  }

  /** All that writing to another center takes; `null`: locked meanwhile. */
  async pen(): Promise<LetterPen | null> {
    const [reader, device, own, directory] = [await this.#reader(), this.#device, this.own, this.directory];
    if (!reader || !device || !own || !directory) return null;
    const { directory: list, chance } = await parts();
    const keyOf = (center: string) => list.centerNamed(directory, center)?.entry ?? null;
    return { center: reader.center, keys: reader.keys, authors: reader.authors, device: own.device, signer: device, keyOf, chance };
  }

  /** Sends an answer. `taken`: somebody wrote meanwhile, so it has to be read first. A notice answers nobody: who waits goes on waiting. */
  async answer(row: Row, text: string, step: (at: 'closing' | 'sending') => void, notice = false): Promise<Told | null> {
    const pen = await this.#pen(row);
    if (!pen) return null;
    let told = null as Told | null;
    await this.#doing(async () => {
      const { answer, chance } = await parts();
      step('closing');
      const writing = await answer.writeAnswer(pen.opened, text, { ...pen, chance });
      step('sending');
      told = await this.#send(row, pen.own, writing, text);
      if (told === 'sent' && !notice && row.answeredAt === null) await post<void>('/api/onestop/knocks/answered', { id: row.id });
    });
    await this.#reread(row, told === 'sent' && !notice);
    return told;
  }

  async #send(row: Row, own: DeskDevice, writing: object, text: string): Promise<Told> {
    if (await put(row.caseId, own.device, writing)) return 'sent';
    await this.#reread(row, false);
    // The answer to a first try may have been lost on the way: then what stands there is ours.
    const last = this.rows.find((one) => one.id === row.id)?.opened?.said.at(-1);
    return last?.is === 'said' && last.ownCenter && last.text === text ? 'sent' : 'taken';
  }

  /** Writes an entry of the work. Whoever was faster is read first; what she typed comes after it. */
  async write(row: Row, entry: Entry): Promise<Told | null> {
    const [pen, { keep, seen }] = [await this.#pen(row), this.#ways];
    if (!pen) return null;
    let told = null as Told | null;
    await this.#doing(async () => {
      const { desk, laying, chance } = await parts();
      if (keep) {
        await keep(row, contentOf(entry));
        told = 'sent';
        return;
      }
      told = await laying.lay(contentOf(entry), {
        at: pen.opened,
        entriesOf: ({ entries }) => entries,
        close: (one, at) => laying.closeEntry(at, one, { keys: pen.reader.keys, device: pen.device, keyOf: pen.keyOf, chance }),
        send: (writing) => put(row.caseId, pen.own.device, writing),
        again: async () => {
          const sent = await server.find(row.caseId);
          const at = sent && (await desk.openRow(row, sent, pen.reader, seen)).opened;
          return at ? { at, kept: (version) => sent.entries.find((one) => one.version === version)?.closed ?? null } : null;
        },
      });
    });
    await this.#reread(row, false);
    return told;
  }

  async #reread(row: Row, answered: boolean): Promise<void> {
    const [running, reader] = [this.#running, await this.#reader()];
    if (!reader) return;
    const opened = await this.#opened(row, reader).catch(() => undefined);
    if (!opened || running !== this.#running) return;
    this.#replace(answered && opened.answeredAt === null ? { ...opened, answeredAt: this.directory?.now ?? Date.now() } : opened);
  }

  /** Puts away the knock of a case that is gone. */
  async putAway(row: Row): Promise<void> {
    await this.#doing(async () => {
      await post<void>('/api/onestop/knocks/answered', { id: row.id });
      this.#replace({ ...row, answeredAt: row.answeredAt ?? this.directory?.now ?? Date.now(), away: true });
    });
  }

  async fingerprint(entry: string, language: 'ko' | 'en'): Promise<string[]> {
    const { device } = await parts();
    return device.fingerprint(entry, language);
  }

  /** Gives a colleague's device the keys, once the words were compared. */
  async give(to: DeskDevice): Promise<void> {
    await this.#doing(async () => {
      const { desk, chance } = await parts();
      if (!this.view) return;
      for (const wrap of await desk.shareKeys(this.view, this.keys, to, chance)) await post('/api/onestop/team-key/share', wrap);
      await this.#fetch();
    });
  }

  /** Makes the center's next key for these devices, and takes every case along. */
  async newKey(devices: readonly DeskDevice[]): Promise<void> {
    await this.#doing(async () => {
      const { desk, chance } = await parts();
      if (!this.view || !this.directory) return;
      await post('/api/onestop/team-key', await desk.newTeamKey(this.view, devices, this.directory.now, chance));
      await this.#fetch();
      await this.#settle();
    });
    if (this.phase === 'desk') await this.move();
  }

  /** Moves what the newest key does not open yet; what has moved stays as it is. */
  async move(): Promise<void> {
    const [device, own, reader, running] = [this.#device, this.own, await this.#reader(), this.#running];
    if (!device || !own || !reader || this.keys.length < 2) return;
    const wanted = this.rows.filter((row) => row.state === 'open' && row.opened && row.opened.takenBackAt === null);
    let failed = 0;
    for (const [done, row] of wanted.entries()) {
      this.moving = { done, of: wanted.length, failed };
      this.used();
      try {
        if (!(await moveCase(row, { reader, device, own, here: () => running === this.#running }))) failed += 1;
      } catch {
        // One that cannot be moved now does not hold up the others; the button goes on with it.
        failed += 1;
      }
      if (running !== this.#running) return;
    }
    failed += await this.pen().then((pen) => (pen ? letters.move(pen) : 0)).catch(() => 1);
    if (running !== this.#running) return;
    this.moving = { done: wanted.length, of: wanted.length, failed };
  }
}

/** What is open in this browser. */
export const work = new Work();
export type { Opened, Row };
