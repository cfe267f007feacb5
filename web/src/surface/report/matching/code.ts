// The code she was given in person: twelve letters and digits, written down by somebody and typed on a
// phone by somebody else.

/** Letters of a code. */
export const CODE_LETTERS = 12;
const GROUP = 4;
/** Digits and letters that nobody takes for each other. */
const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/;

/** The one spelling of a code, without hyphens; `null`: this is none. */
export function readCode(text: string): string | null {
  const typed = text.normalize('NFKC').toUpperCase().replace(/[\s\u2010-\u2015\u2212-]/gu, '');
  const code = typed.replaceAll('O', '0').replace(/[IL]/g, '1');
  return CODE.test(code) ? code : null;
}

/** A code as it is written on paper: `K7PD-2MQX-9RTV`. */
export function shownCode(code: string): string {
  return Array.from({ length: Math.ceil(code.length / GROUP) }, (_, at) => code.slice(at * GROUP, (at + 1) * GROUP)).join('-');
}
