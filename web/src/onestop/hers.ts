// All that her page needs of the seal, in one piece: it weighs more than the page itself, and comes
// once the first words can be read.

export { stretchHere } from '../seal/argon';
export { browserChance } from '../seal/chance';
export { Mailbox } from '../seal/mailbox';
export { Refusal } from '../seal/refusal';
export { newPhrase, readPhrase, spell } from '../seal/words';
export { believe } from './directory';
export { closeGift, sendGift } from './give';
export { closeMessage, deleteCase, hearers, readMailbox, sendEntry, sendMessage, withdraw } from './mailbox';
export { caseOf, makeParcel } from './parcel';
export { endAll } from './referral';
export { ask, tell } from './send';
export { closeHers, lay } from './work';
export { contentOf } from '../casework/read';
export { foldCase } from '../casework/fold';
