// Where the center's key stands with its shares, and what is left to do after it came back: the next
// key, and a notice in every case. Each step can be broken off and gone on with, by any colleague.

import { inTongue, language } from '../../../kernel/lang.svelte';
import { get, post } from '../../../kernel/send';
import type { Row } from '../../../onestop/desk';
import type { NotAShare, Share, SharesView } from '../../../onestop/recovery';
import { cannotAnswer } from '../fields';
import { work } from '../work.svelte';

/** The arithmetic of shares: loaded once somebody needs it. */
const kit = () =>
  Promise.all([import('../../../onestop/recovery'), import('../../../onestop/desk'), import('../../../onestop/directory'), import('../../../onestop/base64'), import('../../../seal/chance'), import('../../../seal/form')])
    .then(([shares, desk, directory, base64, { browserChance }, { alike }]) => ({ shares, desk, directory, base64, chance: browserChance, alike }));

const PATIENCE_MILLIS = 60_000;

export type Notices = { told: Row[]; waiting: Row[]; barred: Row[] };

class Recovery {
  view = $state.raw<SharesView | null>(null);
  reason = $state.raw<unknown>(null);
  /** Why shares gave nothing: a refusal, or one of ours. */
  doubt = $state<string | null>(null);
  busy = $state(false);
  /** Older keys that did not come back. */
  lost = $state(0);
  telling = $state.raw<{ done: number; of: number; failed: number } | null>(null);

  async look(): Promise<void> {
    await this.#doing(async () => {
      this.view = await get<SharesView>('/api/onestop/shares');
    });
  }

  async #doing(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.reason = null;
    try {
      await act();
    } catch (problem) {
      this.reason = problem;
    } finally {
      this.busy = false;
    }
  }

  /** What was typed, as a share of this center. */
  async read(typed: string): Promise<Share | NotAShare> {
    const { shares, base64 } = await kit();
    return work.view ? shares.shareOfWords(typed, base64.fromBase64(work.view.center)) : { is: 'none' };
  }

  /** Three lists of words, which are nowhere else. */
  async make(): Promise<string[][]> {
    const { shares, chance } = await kit();
    const [view, newest] = [work.view, work.keys[0]];
    this.doubt = null;
    return view && newest ? shares.makeShares(view, newest, chance).map((one) => shares.wordsOfShare(one, language())) : [];
  }

  /** Whether two that were typed again give the key; if so, the shares count from now on. */
  async count(typed: readonly Share[]): Promise<boolean> {
    let counted = false;
    this.doubt = null;
    await this.#doing(async () => {
      const { shares, chance } = await kit();
      const [view, newest] = [work.view, work.keys[0]];
      if (!view || !newest) return;
      this.doubt = await shares.givesBack(typed, newest);
      if (this.doubt !== null) return;
      const older = await shares.closeOlder(view, work.keys, chance);
      await post('/api/onestop/shares', { epoch: newest.epoch, older }, { patience: PATIENCE_MILLIS });
      this.view = await get<SharesView>('/api/onestop/shares');
      counted = true;
    });
    return counted;
  }

  /** Gives the key back to this device, then makes the next one, takes the cases along and tells whoever wrote. */
  async giveBack(typed: readonly Share[]): Promise<void> {
    let back = false;
    this.doubt = null;
    await this.#doing(async () => {
      const { shares, desk, directory, chance, alike } = await kit();
      const [view, own, known] = [work.view, work.own, work.directory];
      if (!view || !own || !known) return;
      const found = await shares.keyOf(typed);
      if (typeof found === 'string') return void (this.doubt = found);
      if (found.epoch !== view.epoch) return void (this.doubt = 'older_key');
      // The key women are shown, where the directory proves one: another one would be somebody else's.
      const listed = directory.centerNamed(known, view.center)?.entry;
      if (listed?.epoch === found.epoch && !alike(listed.publicKey, found.key.publicKey)) return void (this.doubt = 'another_key');
      const { older } = await get<SharesView>('/api/onestop/shares');
      const { keys, lost } = await shares.openOlder(view, found, older);
      this.lost = lost;
      const wraps = await desk.shareKeys(view, keys, own, chance);
      await post('/api/onestop/team-key/back', shares.bringBack(own.device, found.epoch, wraps), { patience: PATIENCE_MILLIS });
      back = true;
    });
    if (!back) return;
    await work.look();
    await this.moveOn();
  }

  /** Whether the key that came back is still the newest: whoever has the lost device may have it, too. */
  get nextIsDue(): boolean {
    return this.view?.back !== null && this.view?.back?.epoch === work.view?.epoch;
  }

  /** Makes the key after the one that came back, for this device alone, and tells whoever wrote. */
  async moveOn(): Promise<void> {
    await this.look();
    if (work.phase !== 'desk' || !work.own) return;
    if (this.nextIsDue) await work.newKey([work.own]);
    await this.tell();
  }

  /** Where each case stands with the notice. */
  async notices(): Promise<Notices> {
    const { shares } = await kit();
    const back = this.view?.back;
    if (!back) return { told: [], waiting: [], barred: [] };
    return shares.toTell(work.rows, back.back_at, (row) => noticeOf(row, back.epoch), (row) => row.opened === null || cannotAnswer(row.opened) !== null);
  }

  /** Writes the notice into every case that has none yet. Once more goes on with the rest. */
  async tell(): Promise<void> {
    const back = this.view?.back;
    if (!back || this.telling !== null) return;
    const { told, waiting } = await this.notices();
    let failed = 0;
    const of = told.length + waiting.length;
    for (const [at, row] of waiting.entries()) {
      this.telling = { done: told.length + at, of, failed };
      work.used();
      // One that cannot be told now does not hold up the others.
      if ((await work.answer(row, noticeOf(row, back.epoch), () => undefined, true)) !== 'sent') failed += 1;
      if (!work.unlocked) break;
    }
    this.telling = null;
  }
}

/** The notice, in the language she wrote her consent in. */
function noticeOf(row: Row, epoch: number): string {
  return inTongue(row.opened?.consent.language === 'en' ? 'en' : 'ko', 'recovery-notice', { n: epoch });
}

/** The center's recovery, as this page knows it. Nothing in it is a share. */
export const recovery = new Recovery();
