// Instruments that ask about danger. An instrument is a value with a version; what was answered keeps
// its name and version, and is never reckoned anew with another. A band is heard by a person and does
// nothing by itself: nothing here closes a case, sends it anywhere or decides anything.
//
// The Danger Assessment and its short form (DA, DA-5) are not here: their terms of use and training,
// their weights and a Korean validation are not cleared (docs/decisions/0031). The questions below are
// our own. They are not validated and predict nothing; they make sure that six things get asked.

import type { Answer } from './codes';
import type { DangerAssessed, Intake } from './entries';
import { byPartner } from './gbv';

/** What an answer asks of a person. */
export const PROMPTS = ['medical_now', 'supervisor_now', 'emergency_plan', 'children'] as const;
export type Prompt = (typeof PROMPTS)[number];

export interface DangerQuestion {
  id: string;
  /** What a yes adds to the score. */
  weight: number;
  /** What a yes, or not knowing, puts before a person. */
  prompts: readonly Prompt[];
}

export interface DangerBand {
  name: string;
  /** The least score of it. */
  from: number;
  prompts: readonly Prompt[];
}

export interface Instrument {
  id: string;
  version: string;
  /** Whose it is and on what terms. */
  terms: string;
  questions: readonly DangerQuestion[];
  /** Rising by `from`; the first from 0. */
  bands: readonly DangerBand[];
}

/** Six things asked of everybody, in words of our own. A yes to any that can kill is `high`. */
export const IMMEDIATE_SAFETY: Instrument = {
  id: 'waylight-immediate-safety',
  version: '1',
  terms: 'Waylight, Apache-2.0; own questions, not validated',
  questions: [
    { id: 'strangulation', weight: 3, prompts: ['medical_now', 'supervisor_now', 'emergency_plan'] },
    { id: 'weapon', weight: 3, prompts: ['supervisor_now', 'emergency_plan'] },
    { id: 'threat_to_kill', weight: 3, prompts: ['supervisor_now', 'emergency_plan'] },
    { id: 'fear', weight: 1, prompts: ['emergency_plan'] },
    { id: 'children', weight: 1, prompts: ['children', 'emergency_plan'] },
    { id: 'escalating', weight: 1, prompts: ['emergency_plan'] },
  ],
  bands: [
    { name: 'none_told', from: 0, prompts: [] },
    { name: 'some', from: 1, prompts: [] },
    { name: 'high', from: 3, prompts: ['supervisor_now', 'emergency_plan'] },
  ],
};

/** Every instrument this edition has. */
export const INSTRUMENTS: readonly Instrument[] = [IMMEDIATE_SAFETY];

/** The instrument an assessment was made with, if this edition has exactly that one. */
export function instrumentOf(assessed: Pick<DangerAssessed, 'instrument' | 'version'>, all: readonly Instrument[] = INSTRUMENTS): Instrument | null {
  return all.find(({ id, version }) => id === assessed.instrument && version === assessed.version) ?? null;
}

/** What the answers come to. */
export interface Reckoned {
  score: number;
  /** `null` while a question is open and no band below could be ruled out. */
  band: string | null;
  /** Questions without a yes or no. */
  open: string[];
}

type Answers = Readonly<Record<string, Answer | undefined>>;
const said = (answers: Answers, id: string): Answer | undefined => (Object.hasOwn(answers, id) ? answers[id] : undefined);

/**
 * The score, and the band where it is certain: as long as what is open could lift it into a higher
 * one, a lower band would be a comfort nobody has given.
 */
export function reckon(instrument: Instrument, answers: Answers = {}): Reckoned {
  const score = instrument.questions.reduce((sum, { id, weight }) => sum + (said(answers, id) === 'yes' ? weight : 0), 0);
  const open = instrument.questions.filter(({ id }) => said(answers, id) !== 'yes' && said(answers, id) !== 'no');
  const most = open.reduce((sum, { weight }) => sum + weight, score);
  const band = bandOf(instrument, score);
  return { score, band: bandOf(instrument, most) === band ? band : null, open: open.map(({ id }) => id) };
}

function bandOf(instrument: Instrument, score: number): string | null {
  return instrument.bands.filter(({ from }) => from <= score).at(-1)?.name ?? null;
}

/**
 * What a person is asked to look at, in the order of `PROMPTS`. Not knowing asks as a yes does; a
 * band that somebody has set instead may ask for more, and never for less.
 */
export function promptsOf(instrument: Instrument, answers: Answers = {}, override: string | null = null): Prompt[] {
  const reckoned = reckon(instrument, answers).band;
  const bands = instrument.bands.filter(({ name }) => name === reckoned || name === override).flatMap(({ prompts }) => prompts);
  const asked = instrument.questions.filter(({ id }) => ['yes', 'unsure'].includes(said(answers, id) ?? '')).flatMap(({ prompts }) => prompts);
  const all = new Set<Prompt>([...asked, ...bands]);
  return PROMPTS.filter((prompt) => all.has(prompt));
}

/** An assessment as it is to be written. */
export function assessed(instrument: Instrument, answers: Record<string, Answer>, ownView: string, override: DangerAssessed['override'], base: number): DangerAssessed {
  const { score, band } = reckon(instrument, answers);
  return {
    entry: 'danger', base, instrument: instrument.id, version: instrument.version, answers, score,
    ...(band === null ? {} : { band }), ...(override ? { override } : {}), ...(ownView === '' ? {} : { own_view: ownView }),
  };
}

/** Why an override cannot be taken as it is. */
export function overrideDoubt(instrument: Instrument, override: { band: string; reason: string }): 'no_reason' | 'no_such_band' | null {
  if (!instrument.bands.some(({ name }) => name === override.band)) return 'no_such_band';
  return override.reason.trim() === '' ? 'no_reason' : null;
}

/** An assessment as it is shown: its own words, whether or not this edition has the instrument. */
export interface DangerShown {
  /** What counts: the override, else the band. */
  band: string | null;
  /** What the instrument said. */
  reckoned: string | null;
  reason: string | null;
  ownView: string;
  prompts: Prompt[];
  /** Whether the score in the entry is another than its answers come to. */
  differs: boolean;
}

/** How an assessment is shown. An override changes the band, never what an answer asks for. */
export function shownDanger(entry: DangerAssessed, all: readonly Instrument[] = INSTRUMENTS): DangerShown {
  const instrument = instrumentOf(entry, all);
  const reckoned = instrument && reckon(instrument, entry.answers);
  return {
    band: entry.override?.band ?? entry.band ?? null,
    reckoned: entry.band ?? null,
    reason: entry.override?.reason ?? null,
    ownView: entry.own_view ?? '',
    prompts: instrument ? promptsOf(instrument, entry.answers, entry.override?.band ?? null) : [],
    differs: reckoned !== null && (reckoned.score !== entry.score || (reckoned.band ?? undefined) !== entry.band),
  };
}

/** Whether mediation by the family may be offered: never where a partner did it. */
export function mayMediate(intake: Pick<Intake, 'perpetrators'>): boolean {
  return !byPartner(intake.perpetrators);
}
