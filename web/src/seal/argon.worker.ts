// Stretches one phrase and is gone: a page stays usable meanwhile, and the 64 MiB with all that
// stood in them end with the worker.

import { stretchHere } from './argon';
import type { Bytes } from './form';

declare const self: DedicatedWorkerGlobalScope;

/** What the page sends. */
export interface Asked {
  phrase: Bytes;
  salt: Bytes;
}

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  // A rejection here would never reach the page, which would wait for good.
  const root = await stretchHere(data.phrase, data.salt).catch(() => null);
  if (root) self.postMessage(root, [root.buffer]);
  else self.postMessage(null);
};
