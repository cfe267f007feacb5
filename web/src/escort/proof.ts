// The mutual proof: both screens show the same word and number, reckoned on each phone from the
// shared secret and the time, without a network. The rule is `crates/program/escort`'s, and both
// sides are held to `vectors/proof.json`.

const WINDOW_SECONDS = 60;

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export interface Proof {
  secret: string;
  language: string;
  word: string;
  number: string;
  /** When the next word comes, UTC milliseconds. */
  until: number;
}

/** One word in both languages, as `lang/proof-words.json` lists them. */
export interface Paired {
  ko: string;
  en: string;
}

/**
 * What is shown at `at` by whoever holds the secret: `HMAC-SHA256(secret, minute as 8 bytes, big
 * endian)`; the first byte picks the word, the next four modulo 90 plus 10 are the number.
 */
export async function proof(secret: string, at: number, words: readonly Paired[], language: 'ko' | 'en' = 'ko'): Promise<Proof> {
  const step = Math.floor(at / 1000 / WINDOW_SECONDS);
  const message = new DataView(new ArrayBuffer(8));
  message.setBigInt64(0, BigInt(step));
  const key = await crypto.subtle.importKey('raw', fromBase64Url(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const code = new DataView(await crypto.subtle.sign('HMAC', key, message.buffer));
  const word = words[code.getUint8(0)]?.[language] ?? '';
  const number = String(10 + (code.getUint32(1) % 90));
  return { secret, language, word, number, until: (step + 1) * WINDOW_SECONDS * 1000 };
}
