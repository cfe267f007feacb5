// Which questions have something in them, how one is emptied, and which answers are too long.

import { bytesOf, FIELD_BYTES_MAX, noAnswers, STORY_BYTES_MAX, type Answers } from '../../onestop/answers';
import type { Question } from './visit.svelte';

/** The answers each question asks for. */
export const FIELDS: Record<Question, readonly (keyof Answers)[]> = {
  danger: ['danger', 'ownView'],
  happened: ['happened'],
  when: ['when'],
  daytime: ['timeOfDay'],
  where: ['place', 'where', 'digital'],
  who: ['relationship', 'who'],
  wants: ['wants'],
  reach: ['reach', 'reachWhere', 'reachWhen', 'wordsAllowed', 'whoAnswers'],
  called: ['called', 'accessNeeds'],
};

/** Whether anything stands there. */
export function answered(answers: Answers, question: Question): boolean {
  const none = noAnswers();
  return FIELDS[question].some((field) => JSON.stringify(answers[field]) !== JSON.stringify(none[field]));
}

/** Empties one question: she would rather not say. */
export function emptied(answers: Answers, question: Question): Answers {
  const none = noAnswers();
  return { ...answers, ...Object.fromEntries(FIELDS[question].map((field) => [field, none[field]])) };
}

/** How many bytes too long a text is; 0 if it fits. */
export function over(text: string, story = false): number {
  return Math.max(0, bytesOf(text) - (story ? STORY_BYTES_MAX : FIELD_BYTES_MAX));
}

/** Questions whose text is too long to be closed. */
export function tooLong(answers: Answers): Question[] {
  return (Object.keys(FIELDS) as Question[]).filter((question) =>
    FIELDS[question].some((field) => {
      const value = answers[field];
      return typeof value === 'string' && over(value, field === 'happened') > 0;
    }));
}
