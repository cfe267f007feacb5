// Live feeds: server-sent events read with `fetch`, so that a token travels in a header and never
// in an address. Reconnects by itself from the last journal number it saw.

export interface Feed {
  close(): void;
  /** Opens anew at once: the server begins with the whole view. */
  again(): void;
}

export interface Listening<T> {
  path: string;
  token?: string | null | undefined;
  onEvent: (event: T) => void;
  /** An event with the name `change`: what is different from the view told before. */
  onChange?: (change: unknown) => void;
  /** `true` once events arrive; `false` when nothing has been heard for too long. */
  onLive?: (live: boolean) => void;
  /** The server refuses for good (401, 404): the feed has ended. */
  onGone?: (status: number) => void;
}

/** Silence after which a feed is believed dead; the server sends a comment at least every 15 s. */
const SILENCE_MILLIS = 40_000;
const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 10_000;

export interface ServerEvent {
  id?: string;
  /** The event's name, if it has one. */
  name?: string;
  data: string;
}

/** Splits a stream of text into events (the `event-stream` grammar of the HTML standard). */
export function splitter(onEvent: (event: ServerEvent) => void): (text: string) => void {
  let rest = '';
  let data: string[] = [];
  let id: string | undefined;
  let name: string | undefined;
  return (text) => {
    rest += text;
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(rest);
      if (!end) return;
      const line = rest.slice(0, end.index);
      rest = rest.slice(end.index + end[0].length);
      if (line === '') {
        if (data.length > 0) onEvent({ data: data.join('\n'), ...(id === undefined ? {} : { id }), ...(name ? { name } : {}) });
        data = [];
        name = undefined;
        continue;
      }
      if (line.startsWith(':')) continue;
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') data.push(value);
      else if (field === 'id') id = value;
      else if (field === 'event') name = value;
    }
  };
}

export function listen<T>(to: Listening<T>): Feed {
  let closed = false;
  let last: string | undefined;
  let pause = FIRST_PAUSE_MILLIS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let current: AbortController | undefined;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => current?.abort(), SILENCE_MILLIS);
    to.onLive?.(true);
    pause = FIRST_PAUSE_MILLIS;
  };

  const gone = (status: number) => {
    closed = true;
    clearTimeout(silence);
    current?.abort();
    to.onLive?.(false);
    to.onGone?.(status);
  };

  const again = () => {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void open(), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
  };

  const open = async () => {
    clearTimeout(timer);
    current?.abort();
    const mine = new AbortController();
    current = mine;
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' };
      if (to.token) headers['Authorization'] = `Bearer ${to.token}`;
      if (last !== undefined) headers['Last-Event-ID'] = last;
      silence = setTimeout(() => mine.abort(), SILENCE_MILLIS);
      const answer = await fetch(to.path, { headers, signal: mine.signal, cache: 'no-store' });
      if ([401, 403, 404, 410].includes(answer.status)) {
        return gone(answer.status);
      }
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      const take = splitter((event) => {
        // The server says that this feed has nothing more to tell: signed out, or forgotten.
        if (event.name === 'over') return gone(410);
        if (event.id !== undefined) last = event.id;
        let body: unknown;
        try {
          body = JSON.parse(event.data);
        } catch {
          return;
        }
        if (event.name === 'change') to.onChange?.(body);
        else to.onEvent(body as T);
      });
      const reader = answer.body.getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        heard();
        if (closed) return;
        take(decoder.decode(value, { stream: true }));
      }
    } catch {
      // Broken off or refused for now: the pause below, then again.
    }
    if (closed || current !== mine) return;
    clearTimeout(silence);
    to.onLive?.(false);
    again();
  };

  const wake = () => {
    if (closed) return;
    pause = FIRST_PAUSE_MILLIS;
    void open();
  };
  const back = () => {
    if (document.visibilityState === 'visible' && current?.signal.aborted) wake();
  };
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', back);
  void open();
  return {
    again: wake,
    close() {
      closed = true;
      clearTimeout(timer);
      clearTimeout(silence);
      current?.abort();
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', back);
    },
  };
}
