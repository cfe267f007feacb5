// What the readers of identifiers share: they must agree with the other side to the letter.

/** NFKC without white space and without these characters. */
export function compact(text: string, dropped: string): string {
  return [...text.normalize('NFKC')].filter((c) => !/\p{White_Space}/u.test(c) && !dropped.includes(c)).join('');
}

/** NFKC, lower case, NFC. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFC');
}

/** Without the white space at both ends. */
export function trimmed(text: string): string {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}

/** Whether it has so many characters. */
export function hasLength(text: string, least: number, most: number): boolean {
  const length = [...text].length;
  return length >= least && length <= most;
}
