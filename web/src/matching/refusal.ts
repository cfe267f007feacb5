// What is thrown on bad input: a name of the matching's SPEC §8, and nothing of what was read.

/** Every refusal there is, by the names both sides share. */
export const REFUSALS = [
  'not_a_phone', 'not_a_handle', 'not_a_plate', 'not_a_name', 'not_a_year', 'not_a_workplace',
  'form_broken', 'element_broken', 'identity_element', 'scalar_broken', 'key_not_whole',
  'holder_unknown', 'holders_do_not_fit', 'ceremony_proof_wrong', 'ceremony_disagrees',
  'too_few_answers', 'same_holder_twice', 'proof_wrong',
  'level_unknown', 'too_few_shares', 'same_share_twice', 'share_wrong', 'shares_do_not_fit',
  'too_long', 'padding_broken', 'not_for_you', 'entry_twice', 'contact_does_not_open',
  'no_tokens_left', 'token_wrong', 'token_used', 'too_many_this_hour',
] as const;

/** The name of a refusal. */
export type RefusalCode = (typeof REFUSALS)[number];

/** Input that was not what it has to be. It carries no identifier, no key and no contact. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** Which refusal this is. */
    readonly code: RefusalCode,
  ) {
    super(code);
  }
}
