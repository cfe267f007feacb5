// The server's clock, as this phone knows it. Every time on screen is reckoned by it, because a
// phone's own clock may be wrong, and because the demo's night runs faster than the real one.

import { KEEP, read, write } from './keep';

interface Known {
  server: number;
  phone: number;
  speed: number;
}

let known: Known = read<Known>('tab', KEEP.clock) ?? { server: Date.now(), phone: Date.now(), speed: 1 };
let tick = $state(0);
let running = false;

/** Takes in what the server says its clock shows now. */
export function setClock(server: number, speed: number = known.speed): void {
  known = { server, phone: Date.now(), speed };
  write('tab', KEEP.clock, known);
  tick += 1;
}

/** The server's time now, UTC milliseconds. */
export function serverNow(): number {
  return known.server + (Date.now() - known.phone) * known.speed;
}

export function clockSpeed(): number {
  return known.speed;
}

/** The server's time, read again every second wherever it is shown. */
export function now(): number {
  if (!running && typeof window !== 'undefined') {
    running = true;
    setInterval(() => (tick += 1), 1000);
  }
  return tick >= 0 ? serverNow() : 0;
}
