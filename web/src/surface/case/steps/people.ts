// Who is behind a signature, as the center's desk and the directory name them.

import type { People, Reading } from '../../../casework/fold';
import type { Author } from '../../../casework/slot';
import { named, t } from '../../../kernel/lang.svelte';
import type { Opened } from '../../../onestop/case';
import { work } from '../work.svelte';

/** The people of the center, by their devices: a seat is one person, whatever devices she has. */
export function peopleHere(): People {
  const devices = work.view?.devices ?? [];
  return (device) => {
    const found = devices.find((one) => one.device === device);
    return found ? { person: found.shown_as, supervises: found.supervises ?? false } : null;
  };
}

/** Whether she who has the page open approves what colleagues plan. */
export const supervisesHere = (): boolean => work.own?.supervises ?? false;

/** Whether somebody else than she who has the page open wrote it. */
export function byAnother(author: Author): boolean {
  if (author.is === 'she') return true;
  const people = peopleHere();
  const own = work.own?.device;
  return own !== undefined && author.device !== own && people(author.device)?.person !== work.own?.shown_as;
}

/** A center's name; one the directory does not list has none. */
export function centerName(id: string): string {
  const center = work.directory?.centers.find(({ name64 }) => name64 === id);
  return center ? named(center.name) : t('case-reader-unknown');
}

/** Who wrote it, in words. */
export function whoWrote(author: Author): string {
  if (author.is === 'she') return t('work-by-her');
  if (!author.own) return centerName(author.center);
  const colleague = work.view?.devices.find(({ device }) => device === author.device)?.shown_as;
  return colleague ? t('work-by-colleague', { who: colleague }) : t('work-by-us');
}

/** How a case is read at this desk. */
export function readingOf(opened: Opened, zone: string): Reading {
  const hers = opened.said.flatMap((one) => (one.is === 'said' && one.byHer ? [one.writtenAt] : []));
  return { people: peopleHere(), zone, heardAt: hers.at(-1) ?? null };
}
