// A file's name as it may be shown and as it may be saved. Somebody chose it, not this page: it may
// turn the line around, hide its ending, or look like a path.

/** Letters that turn, hide or join others, and those that are no letters at all. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;
/** What some system would take for a part of a path or for a command. */
const PATH = /[\\/:*?"<>|]/g;
const SHOWN_LETTERS = 48;
const SAVED_LETTERS = 80;

/** Letters as people count them. */
function letters(text: string): string[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
}

/** Shortened in the middle: how it begins and how it ends are both told. */
function shortened(text: string, most: number): string {
  const all = letters(text);
  if (all.length <= most) return text;
  const end = Math.min(14, Math.floor(most / 3));
  return `${all.slice(0, most - end - 1).join('')}…${all.slice(-end).join('')}`;
}

/** The name on the screen; `none` where nothing of it can be seen. */
export function shownName(name: string, none: string): string {
  return shortened(name.normalize('NFC').replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim(), SHOWN_LETTERS) || none;
}

/** The name under which a copy is saved: no path, no hidden file, an ending of the kind it is. */
export function savedName(name: string, mime: string, none: string): string {
  const plain = name.normalize('NFC').replace(UNSEEN, '').replace(PATH, '_').replace(/^[.\s]+/, '').trim();
  const ending = ENDINGS[mime] ?? /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0]?.slice(1).toLowerCase() ?? 'bin';
  const stem = plain.replace(/\.[A-Za-z0-9]{1,8}$/, '').replace(/[.\s]+$/, '');
  return `${letters(stem).slice(0, SAVED_LETTERS).join('') || none}.${ending}`;
}

const ENDINGS: Partial<Record<string, string>> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/heic': 'heic', 'image/gif': 'gif', 'application/pdf': 'pdf', 'application/zip': 'zip',
  'video/mp4': 'mp4', 'video/quicktime': 'mov', 'video/webm': 'webm', 'audio/mp4': 'm4a', 'audio/mpeg': 'mp3', 'audio/wav': 'wav', 'audio/ogg': 'ogg',
};
