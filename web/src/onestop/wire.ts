// Bodies of the one-stop routes, by the names they have on these pages. Bytes are base64url without
// padding (`Base64`). The types are the server's own; what it always writes, if only as `null`, is
// said to be there.

import type * as wire from '../wire';

export type {
  CenterItem as ListedCenter, Challenge, Compartment as SealedWire, DeleteCase as MailboxDelete, DeviceKeyItem as ListedDevice, Knock as KnockWire, Moved,
  OneStopKeys as Keys, Proof, Received, Report, TeamKeyItem as ListedTeamKey, Withdrawn as WithdrawnWire, WithdrawConsent as MailboxWithdraw,
  WitnessSignature as Witnessed, WriteMailbox as MailboxWrite, Writing,
} from '../wire';

/** Bytes in base64url. */
export type Base64 = string;

/** `GET /api/onestop/directory`. */
export type DirectoryAnswer = Required<wire.Directory>;

/** A replacement of wraps that has happened. */
export type MoveMade = Required<wire.MoveMade>;

/** One version of a compartment, or one of a thread, as it is kept. */
export type Written = Omit<Required<wire.Written>, 'moves'> & { moves: MoveMade[] };

/** `POST /api/onestop/mailbox/give`. */
export interface MailboxGive {
  proof: wire.Proof;
  case: Base64;
  moved: wire.Moved[];
  notes: wire.Writing;
  knock: wire.Knock;
}

/** All of a case that is kept. */
export type Case = Omit<wire.Case, 'compartments' | 'messages' | 'entries'> & { compartments: Written[]; messages: Written[]; entries: Written[] };

/** `POST /api/onestop/mailbox`. */
export interface MailboxAnswer {
  cases: Case[];
}
