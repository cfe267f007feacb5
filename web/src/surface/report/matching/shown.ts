// The one spelling of an identifier as people read it.

import { t } from '../../../kernel/lang.svelte';
import { PLATFORMS } from '../../../matching/identifier';

/** `tel:+821012345678` is `010-1234-5678`; what is not Korea's keeps its country. */
export function shownOf(canonical: string): string {
  const [kind = '', ...rest] = canonical.split(':');
  const said = rest.join(':');
  if (kind === 'tel') return phone(said);
  if (kind === 'plate') return said.replace(/^kr:/, '').replace(/(\d+)(\D)(\d{4})$/, '$1$2 $3');
  if (kind === 'person') return said.split('|').join(' · ');
  if (kind === 'handle') {
    const [platform = '', ...handle] = rest;
    return `${PLATFORMS.includes(platform) ? t(`matching-platform-${platform}`) : platform} · ${handle.join(':')}`;
  }
  return canonical;
}

function phone(number: string): string {
  const mobile = /^\+8210(\d{4})(\d{4})$/.exec(number);
  if (mobile) return `010-${mobile[1]}-${mobile[2]}`;
  // Numbers of companies have no zero before them.
  if (/^\+821[568]\d{6}$/.test(number)) return number.slice(3).replace(/(\d{4})$/, '-$1');
  return number.startsWith('+82') ? `0${number.slice(3)}` : number;
}
