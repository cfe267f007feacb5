// What stays on this phone, and for how long. Keys are short and neutral on purpose: they are the
// first thing somebody who searches a phone would read.

export const KEEP = {
  /** Language. */ language: 'l',
  /** Theme choice. */ theme: 't',
  /** The clock's offset; this tab only. */ clock: 'c',
  /** The alarm under way, with its token. */ alarm: 'a',
  /** The walk under way, with its token. */ walk: 'w',
  /** PINs and the loud choice. */ pins: 'p',
  /** Steps a team has taken and the server has not yet answered. */ steps: 's',
  /** What she last typed; this tab only. */ typed: 'y',
  /** Desk choices: keys on or off. */ desk: 'd',
  /** An application to help, with its token. */ join: 'j',
  /** What a patrol noticed and the server has not yet answered. */ notices: 'n',
  /** The round under way: the way proposed, and the streets ticked. */ round: 'r',
} as const;

export function read<T>(store: 'phone' | 'tab', key: string): T | null {
  try {
    const text = (store === 'phone' ? localStorage : sessionStorage).getItem(key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

let nothing = false;

/**
 * From now on this page leaves nothing on the phone: what is there already may change or go, nothing
 * new is put there.
 */
export function keepNothing(): void {
  nothing = true;
}

export function write(store: 'phone' | 'tab', key: string, value: unknown): void {
  try {
    const where = store === 'phone' ? localStorage : sessionStorage;
    if (value === null || value === undefined) where.removeItem(key);
    else if (!nothing || where.getItem(key) !== null) where.setItem(key, JSON.stringify(value));
  } catch {
    // Storage may be full or forbidden (private mode): the page works on, it only forgets.
  }
}
