// How far a form is on its way to the case: said beside the button that was pressed.

import type { Entry } from '../../../casework/entries';
import type { CaseSlot, Told } from '../../../onestop/work';

type Standing = 'sending' | Told | 'unsent';

export class Sending {
  is = $state<Standing | null>(null);

  get busy(): boolean {
    return this.is === 'sending';
  }

  /** Writes an entry; whether it is kept. */
  async go(write: CaseSlot['write'], entry: Entry): Promise<boolean> {
    if (this.busy) return false;
    this.is = 'sending';
    try {
      this.is = (await write(entry)) ?? 'unsent';
    } catch {
      // What went wrong is said by the page; here only that it did not go.
      this.is = 'unsent';
    }
    return this.is === 'sent';
  }
}
