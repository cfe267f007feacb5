// A night of its own with nobody in it but who the journey brings, and a clock it may turn.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, url } from './night';
import { demo, freePort } from './server';

export interface Quiet {
  /** The night's clock, UTC milliseconds. */
  now: () => Promise<number>;
  /** Turns it forward. */
  skipTo: (at: number) => Promise<void>;
  /** Every message that was put out for a phone, as the gateway would read it. */
  outbox: () => { to: { kind: string; team?: string } }[];
}

export const test = base.extend<object, { quiet: Quiet }>({
  quiet: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const binary = process.env['WAYLIGHT_BIN'];
      if (!binary) throw new Error('set WAYLIGHT_BIN to the built binary');
      const shared = process.env['WAYLIGHT_URL'];
      const dir = mkdtempSync(join(tmpdir(), 'waylight-quiet-'));
      process.env['WAYLIGHT_URL'] = `http://127.0.0.1:${await freePort()}`;
      const end = await demo(binary, url(''), ['--quiet-city'], dir);
      await use({
        now: async () => ((await (await fetch(url('/api/demo/clock'))).json()) as { now: number }).now,
        skipTo: async (at) => {
          const turned = await fetch(url('/api/demo/clock'), { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify({ skip_to: at }) });
          if (!turned.ok) throw new Error(`the clock could not be turned: ${turned.status}`);
        },
        outbox: () => {
          const text = (() => {
            try {
              return readFileSync(join(dir, 'outbox.jsonl'), 'utf8');
            } catch {
              return '';
            }
          })();
          return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { to: { kind: string; team?: string } });
        },
      });
      await end();
      rmSync(dir, { recursive: true, force: true });
      process.env['WAYLIGHT_URL'] = shared;
    },
    { scope: 'worker', auto: true },
  ],
});
export { expect } from './night';
