// Files she has picked for a report that is not sent yet. They stay on her device: here is where they
// lie and what is known of them, and `clear` forgets it.

import { EVIDENCE } from '../../../onestop/content';
import type { Evidence } from '../../../evidence/list';
import type { Not, Picked } from '../../../evidence/pick';
import { Upload, type Job } from '../../../evidence/upload.svelte';

/** The most she can add at once: an original and its copy are two for the server. */
export const FILES_MAX = 40;

export class PickedFiles {
  all = $state.raw<readonly Picked[]>([]);
  /** What could not be taken, and why. */
  refused = $state.raw<readonly { name: string; why: Not | 'too_many' }[]>([]);
  /** Which is being read, and how far. */
  reading = $state.raw<{ name: string; share: number } | null>(null);
  readonly upload = new Upload();
  #controller: AbortController | null = null;

  /** Reads what was picked, one after the other. */
  async add(files: readonly File[], now: number): Promise<void> {
    const { pick, browserChance, Stopped } = await import('../../../evidence/kit');
    const { signal } = (this.#controller = new AbortController());
    this.refused = [];
    try {
      for (const file of files) {
        if (this.all.length >= FILES_MAX) {
          this.#refuse(file.name, 'too_many');
          continue;
        }
        this.reading = { name: file.name, share: 0 };
        const one = await pick(file, now, browserChance, async (share) => {
          this.reading = { name: file.name, share };
          await new Promise((done) => setTimeout(done));
        }, signal);
        if (signal.aborted) return;
        if (typeof one === 'string') this.#refuse(file.name, one);
        else if (!this.all.some(({ file: { sha256 } }) => sha256 === one.file.sha256)) this.all = [...this.all, one];
      }
    } catch (reason) {
      if (!(reason instanceof Stopped)) throw reason;
    } finally {
      this.reading = null;
    }
  }

  #refuse(name: string, why: Not | 'too_many'): void {
    this.refused = [...this.refused, { name, why }];
  }

  remove(id: string): void {
    this.all = this.all.filter(({ file }) => file.id !== id);
  }

  /** Stops reading. */
  halt(): void {
    this.#controller?.abort();
  }

  /** What stands of them in the report. */
  content(): { [EVIDENCE]?: Evidence } {
    const files = this.all.flatMap(({ file, stripped }) => (stripped ? [file, stripped.file] : [file]));
    return files.length > 0 ? { [EVIDENCE]: { files } } : {};
  }

  /** What has to be sent of them. */
  jobs(): Job[] {
    return jobsOf(this.all);
  }

  clear(): void {
    this.halt();
    this.upload.forget();
    this.all = [];
    this.refused = [];
  }
}

/** An original, then its copy. */
export function jobsOf(all: readonly Picked[]): Job[] {
  return all.flatMap(({ file, content, stripped }) => [
    { file, original: file, content },
    ...(stripped ? [{ file: stripped.file, original: file, content: stripped.content }] : []),
  ]);
}

export const picked = new PickedFiles();
