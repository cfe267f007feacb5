// What centers can do now, as they say it themselves. What is stale is said and never shown as free.

import { ask } from './send';

/** What a center can do, by the words of the interface. */
export const CAPABILITIES = [
  'counseling', 'going_along', 'emergency_medicine', 'forensic_kit', 'female_doctor', 'emergency_contraception', 'trauma', 'legal_advice', 'lawyer',
  'safe_stay', 'stay_with_children', 'image_removal', 'police_report', 'child_protection',
] as const;
export type Capability = (typeof CAPABILITIES)[number];
/** How somebody gets in and is understood. */
export const ACCESS = ['step_free', 'sign_language', 'phone_interpreter', 'children_welcome', 'any_hour'] as const;
export type Access = (typeof ACCESS)[number];
/** Languages a center may tick; others are asked by telephone. */
export const SPOKEN = ['ko', 'en', 'zh', 'vi', 'th', 'uz', 'ne', 'km', 'tl', 'mn', 'ru', 'ja'] as const;

/** One center's own word on what it can do. */
export interface Said {
  capabilities: Capability[];
  languages: string[];
  access: Access[];
  beds_free: number | null;
}
/** The same, and since when it holds. */
export interface ServiceNow extends Said {
  center: string;
  /** UTC milliseconds of full hours. */
  said_at: number;
  stale_at: number;
  stale: boolean;
}

/** What every center said last. */
export async function services(): Promise<ServiceNow[]> {
  const { services: all } = await ask<{ services: (Omit<ServiceNow, 'beds_free'> & { beds_free?: number | null })[] }>('services');
  return all.map((one) => ({ ...one, beds_free: one.beds_free ?? null }));
}

/** What a page may say of a center: nothing was said, it is stale, or it holds. */
export type Standing = 'unsaid' | 'stale' | 'fresh';

/** Whether what a center said holds at this moment: by the hour it names, not by when the page asked. */
export function standing(said: ServiceNow | undefined, now: number): Standing {
  if (!said) return 'unsaid';
  return said.stale || now >= said.stale_at ? 'stale' : 'fresh';
}

/** Free beds as they may be shown: none that are stale, none where nobody said a number. */
export function bedsShown(said: ServiceNow | undefined, now: number): number | null {
  return standing(said, now) === 'fresh' ? (said?.beds_free ?? null) : null;
}
