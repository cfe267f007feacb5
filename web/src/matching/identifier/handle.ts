// Handles, by platform: the same handle on two platforms is two people until somebody says otherwise.

import { Refusal } from '../refusal';
import { hasLength, trimmed } from './text';

interface Rule {
  hosts: readonly string[];
  pattern: RegExp;
}

/** What a handle of each platform looks like. */
const RULES: Readonly<Record<string, Rule>> = {
  instagram: { hosts: ['instagram.com'], pattern: /^[a-z0-9._]{1,30}$/ },
  x: { hosts: ['x.com', 'twitter.com'], pattern: /^[a-z0-9_]{1,15}$/ },
  telegram: { hosts: ['t.me', 'telegram.me'], pattern: /^[a-z0-9_]{4,32}$/ },
  tiktok: { hosts: ['tiktok.com'], pattern: /^[a-z0-9._]{2,24}$/ },
  facebook: { hosts: ['facebook.com', 'fb.com'], pattern: /^[a-z0-9]{5,50}$/ },
  discord: { hosts: [], pattern: /^[a-z0-9._]{2,32}$/ },
  kakaotalk: { hosts: [], pattern: /^[a-z0-9._-]{4,20}$/ },
  line: { hosts: [], pattern: /^[a-z0-9._-]{4,20}$/ },
  naver: { hosts: ['blog.naver.com'], pattern: /^[a-z0-9_-]{5,20}$/ },
};

/** The platforms that have rules of their own, for a list to choose from. */
export const PLATFORMS = Object.keys(RULES);

/**
 * Any handle of another site: no white space, controls, halves of characters, or signs of an address; copied
 * with its first `@` gone it must be itself.
 */
const ANY: Rule = { hosts: [], pattern: /^(?!@)[^\p{White_Space}\p{Cc}\p{Cs}/?#]{1,64}$/u };

/** The canonical text of a handle on a platform, or on the site of a host. */
export function handle(platform: string, text: string): string {
  const name = nameOf(platform);
  const rule = (Object.hasOwn(RULES, name) ? RULES[name] : undefined) ?? ANY;
  const typed = trimmed(text).normalize('NFC').toLowerCase().normalize('NFC');
  let found = withinAddress(rule.hosts, typed);
  // Facebook takes john.smith and johnsmith for one.
  if (name === 'facebook') found = found.replaceAll('.', '');
  if (!rule.pattern.test(found)) throw new Refusal('not_a_handle');
  return `handle:${name}:${found}`;
}

/** The platform's name, also of its host, or the host of another site. */
function nameOf(text: string): string {
  if (Object.hasOwn(RULES, text)) return text;
  const host = trimmed(text).toLowerCase().replace(/^(www\.)+/, '');
  const known = PLATFORMS.find((platform) => RULES[platform]?.hosts.includes(host));
  if (known !== undefined) return known;
  const fits = /^[a-z0-9-][a-z0-9.-]*[a-z0-9-]$/.test(host) && host.includes('.') && hasLength(host, 4, 60);
  if (!fits) throw new Refusal('not_a_handle');
  return host;
}

/** The handle, if what was typed is the address of its page; else what was typed. */
function withinAddress(hosts: readonly string[], typed: string): string {
  const before = ['https://', 'http://', ''].flatMap((one) => ['www.', 'm.', ''].map((two) => one + two));
  const starts = before.flatMap((start) => hosts.map((host) => `${start}${host}/`));
  const start = starts.find((one) => typed.startsWith(one));
  const found = start === undefined ? typed : (typed.slice(start.length).split(/[/?#]/)[0] ?? '');
  return found.startsWith('@') ? found.slice(1) : found;
}
