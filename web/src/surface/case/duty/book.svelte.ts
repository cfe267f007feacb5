// The dated rules as this page has them, and letters that are no referrals on their way.

import type { CaseRules } from '../../../casework/duty/rules';
import { get, Problem } from '../../../kernel/send';
import type { LetterContent, LetterPurpose, OpenedReferral } from '../../../onestop/letter';
import { letters } from '../referral/letters.svelte';
import { work } from '../work.svelte';

class Book {
  rules = $state.raw<CaseRules | null>(null);
  /** What kept the rules from being read. */
  reason = $state<unknown>(null);

  async load(): Promise<void> {
    try {
      this.rules = await get<CaseRules>('/api/onestop/rules');
      this.reason = null;
    } catch (problem) {
      this.reason = problem;
    }
  }

  /** Reads which letters have left and come; whether that is known now. */
  async look(): Promise<boolean> {
    const pen = await work.pen();
    if (!pen) return false;
    await letters.look(pen);
    return letters.known && !letters.failed;
  }

  /** Whether a letter has left; `null`: not known. */
  left(referral: string): boolean | null {
    return letters.known ? letters.sent.some((one) => one.referral === referral) : null;
  }

  /** Sends a letter; one that has left already stays the one it was. Whether it is there now. */
  async send(purpose: LetterPurpose, to: string, content: LetterContent, { referral, endToken }: { referral: string; endToken: string }): Promise<boolean> {
    const pen = await work.pen();
    if (!pen) return false;
    const { sendReferral } = await import('../../../onestop/letter');
    try {
      await sendReferral(purpose, to, content, { referral, token: endToken }, pen);
    } catch (problem) {
      // It left before, and only the answer was lost: closed anew it is other bytes.
      if (!(problem instanceof Problem) || problem.code !== 'onestop.referral_taken') throw problem;
    }
    await letters.look(pen);
    return true;
  }
}

export const book = new Book();

/** What the first letter of somebody else says, as text; `null`: it cannot be believed. */
export function toldIn({ letters: [first] }: OpenedReferral, kind: string): string | null {
  if (first?.is !== 'said' || first.own || first.number !== 1 || first.content.letter !== kind) return null;
  return typeof first.content['told'] === 'string' ? first.content['told'] : null;
}
