// The only thing that is ever thrown on bad input: a name of SPEC §12, and nothing of what was read.

/** Every refusal there is, by the names both sides of the seal share. */
export const REFUSALS = [
  'not_seven_words', 'unknown_word', 'two_languages', 'words_do_not_fit',
  'too_long', 'padding_broken', 'not_for_this_place', 'older_than_seen',
  'wraps_not_eight', 'wrap_not_whole', 'not_for_you', 'key_not_whole',
  'form_broken', 'purpose_missing', 'signature_wrong',
  'entry_not_included', 'head_not_signed', 'too_few_witnesses', 'head_older', 'heads_disagree', 'head_too_old', 'entry_not_valid_now',
  'too_few_shares', 'same_share_twice', 'shares_do_not_fit', 'part_broken',
] as const;

/** The name of a refusal. */
export type RefusalCode = (typeof REFUSALS)[number];

/**
 * Input that was not what it has to be. It carries its name only, because a refusal may end up in
 * a log: no content, no key, no word.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** Which refusal this is. */
    readonly code: RefusalCode,
    /** For `unknown_word`: which of the seven, 1 to 7. */
    readonly place?: number,
  ) {
    super(code);
  }
}
