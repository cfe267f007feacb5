// What an entry says, in one line of the timeline. What has a section of its own says little here.

import type { Entry, Intake } from '../../../casework/entries';
import { classify } from '../../../casework/gbv';
import { shown } from '../../../onestop/content';
import { fieldWords, fieldsOf as packetOf, valueWords } from '../duty/words';
import { asksOf, at, nthOf } from './asks';
import { centerName } from './people';
import { timeOf } from './day';
import { bandWords, codeWords } from './words';

/** The line, and after it whatever this edition does not know. */
export function lineOf(entry: Entry): string {
  const more = entry.more ? Object.entries(entry.more).map(([name, value]) => `${name}: ${shown(value)}`) : [];
  return [...said(entry), ...more].filter((one) => one !== undefined && one !== '').join(' · ');
}

function said(entry: Entry): (string | undefined)[] {
  switch (entry.entry) {
    case 'limits_told': return [entry.channel && codeWords('channel', entry.channel)];
    case 'intake': {
      const { type } = classify(entry.answers);
      return [type ? codeWords('type', type) : undefined];
    }
    case 'danger': return [bandWords(entry.override?.band ?? entry.band ?? null), entry.override?.reason, entry.own_view];
    case 'health_told': return (entry.windows ?? []).map((one) => codeWords('window', one));
    case 'duty': return [entry.receiver && centerName(entry.receiver), entry.exception, entry.channel && codeWords('channel', entry.channel), ...packetOf(entry.content ?? '').map(({ field, value }) => `${fieldWords(field)}: ${valueWords(field, value)}`)];
    case 'plan': return [entry.goals.map(({ words, status }) => `${words} (${codeWords('goal', status ?? 'open')})`).join('\n')];
    case 'plan_confirmed':
    case 'plan_approved':
    case 'closure_approved': return [];
    case 'referral_offered': return [centerName(entry.to)];
    case 'referral_agreed':
    case 'referral_declined': return [entry.channel && codeWords('channel', entry.channel)];
    case 'referral_sent': return [];
    case 'referral_state': return [codeWords('referral', entry.state), entry.reason];
    case 'appointment': return [entry.at && timeOf(entry.at), entry.place, entry.with, entry.status && codeWords('met', entry.status), entry.note];
    case 'escort_asked': return [entry.place, entry.at && timeOf(entry.at), entry.code_word];
    case 'follow_up': return [entry.step && codeWords('follow-step', entry.step), entry.reached && codeWords('reached', entry.reached), entry.note];
    case 'closure': return [codeWords('closure', entry.reason), entry.note];
    case 'reopened': return [entry.reason];
    case 'evidence': return [codeWords('evidence', entry.action), entry.note];
    case 'figures_sent': return [entry.tuple.month];
    case 'note': return [entry.text];
  }
}

/** What an intake answers, question by question. Asked as of no day: every question that has an answer is there. */
export function answersOf(intake: Intake): Map<string, string> {
  return new Map(asksOf(intake, '').flatMap((ask): [string, string][] => {
    const value = at(intake, ask.path);
    if (value === undefined) return [];
    const nth = nthOf(ask);
    const words = ask.is === 'one' || ask.is === 'several' ? (Array.isArray(value) ? value : [value]).map((one) => codeWords(ask.list, String(one))).join(', ') : ask.is === 'when' ? shown((value as { date?: string }).date) : shown(value);
    return [[`${nth === null ? '' : `${nth} `}${codeWords('ask', ask.name.replaceAll('.', '-'))}`, words]];
  }));
}
