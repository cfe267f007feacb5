// How she names the person who harmed her, in one spelling: two that should be one must not be two
// (SPEC §2).

import { handle } from './identifier/handle';
import { person } from './identifier/person';
import { phone } from './identifier/phone';
import { plate } from './identifier/plate';

export { PLATFORMS } from './identifier/handle';

/** What she typed, and what kind of thing it is. */
export type Typed =
  | { kind: 'phone'; text: string }
  | { kind: 'handle'; platform: string; text: string }
  | { kind: 'plate'; text: string }
  | { kind: 'person'; name: string; born: number; workplace: string };

/** The one spelling. To be shown to her, blinded, and kept nowhere. */
export function canonical(typed: Typed): string {
  switch (typed.kind) {
    case 'phone': return phone(typed.text);
    case 'handle': return handle(typed.platform, typed.text);
    case 'plate': return plate(typed.text);
    case 'person': return person(typed.name, typed.born, typed.workplace);
  }
}
