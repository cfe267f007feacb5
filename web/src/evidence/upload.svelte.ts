// One sending of some files: how far it is, stopped and gone on with. The page that shows it may
// change; the sending is here.

import { Problem } from '../kernel/send';
import type { EvidenceFile } from './list';
import type { Way } from './way';

/** A file on its way. */
export interface Job {
  file: EvidenceFile;
  /** Whose copy it is, or itself. */
  original: EvidenceFile;
  content: Blob;
}

/** Where it stands. `cut`: the network went; `refused`: the server said no, with `code`. */
export type Standing = 'idle' | 'sending' | 'stopped' | 'cut' | 'refused' | 'done';

export class Upload {
  standing = $state<Standing>('idle');
  there = $state(0);
  of = $state(0);
  /** What the server said. */
  code = $state<string | null>(null);
  #left: Job[] = [];
  #controller: AbortController | null = null;
  #way: Way | null = null;
  #caseId: Uint8Array = new Uint8Array();

  /** Sends these, one after the other. */
  async send(way: Way, caseId: Uint8Array, jobs: readonly Job[]): Promise<void> {
    this.#way = way;
    this.#caseId = caseId;
    this.#left = [...jobs];
    await this.go();
  }

  /** Goes on where it was. */
  async go(): Promise<void> {
    const way = this.#way;
    if (!way || this.standing === 'sending') return;
    const { sendFile, Stopped } = await import('./kit');
    const controller = (this.#controller = new AbortController());
    this.standing = 'sending';
    this.code = null;
    try {
      for (let job = this.#left[0]; job; job = this.#left[0]) {
        await sendFile(way, this.#caseId, job.file, job.original, job.content, async (there, of) => {
          this.there = there;
          this.of = of;
          // A moment for the page: the count moves, and "leave" is heard.
          await new Promise((done) => setTimeout(done));
        }, controller.signal);
        this.#left = this.#left.slice(1);
      }
      this.standing = 'done';
    } catch (reason) {
      if (reason instanceof Stopped) this.standing = 'stopped';
      else if (reason instanceof Problem && reason.status < 500 && reason.status !== 429) {
        this.code = reason.code;
        this.standing = 'refused';
      } else this.standing = 'cut';
    }
  }

  /** The file that is on its way, and how many come after it. */
  get now(): { file: EvidenceFile; after: number } | null {
    const [job, ...after] = this.#left;
    return job ? { file: job.file, after: after.length } : null;
  }

  stop(): void {
    this.#controller?.abort();
  }

  /** Stops, and forgets what was to be sent. */
  forget(): void {
    this.stop();
    this.#left = [];
    this.#way = null;
    this.standing = 'idle';
    this.there = this.of = 0;
  }
}
