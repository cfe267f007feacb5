// Stretching as a page does it: in a worker of its own, so that the page stays usable.

import type { Stretch } from './argon';
import type { Bytes } from './form';

/**
 * Stretches in a worker, which ends with the answer. Fails only where a device has no 64 MiB to
 * give or starts no worker: whether the words are right is nothing it could tell.
 */
export const stretchInWorker: Stretch = (phrase, salt) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./argon.worker.ts', import.meta.url), { type: 'module' });
    const end = (root: Bytes | null) => {
      worker.terminate();
      if (root) resolve(root);
      else reject(new Error('the device could not stretch the phrase'));
    };
    worker.onmessage = ({ data }: MessageEvent<Bytes | null>) => end(data);
    worker.onerror = () => end(null);
    // Handed over, not copied: this thread keeps no phrase of its own.
    worker.postMessage({ phrase, salt }, [phrase.buffer]);
  });
