-- One-stop: referrals between two centers, their letters, and what centers can do now. A referral's
-- number is drawn for it and is never a case's; times are full hours. Referrals lie by their random
-- numbers, so none lies beside the entry of a case it was written with.
create table onestop_referral (
  id          blob    primary key check (length(id) = 16),
  purpose     integer not null check (purpose between 1 and 3),
  sender      blob    not null check (length(sender) = 16),
  receiver    blob    not null check (length(receiver) = 16 and receiver <> sender),
  end_hash    blob    not null check (length(end_hash) = 32),
  sent_ms     integer not null check (sent_ms % 3600000 = 0),
  answered_ms integer check (answered_ms % 3600000 = 0),
  ended_ms    integer check (ended_ms % 3600000 = 0)
) strict, without rowid;
create index onestop_referral_by_sender on onestop_referral (sender);
create index onestop_referral_by_receiver on onestop_referral (receiver);

-- None is left of a referral that has ended.
create table onestop_letter (
  referral_id blob    not null references onestop_referral (id) on delete cascade,
  number      integer not null check (number > 0),
  closed      blob    not null,
  closed_hash blob    not null check (length(closed_hash) = 32),
  wraps       blob    not null check (length(wraps) = 2336),
  device      blob    not null check (length(device) = 16),
  signature   blob    not null check (length(signature) = 64),
  written_ms  integer not null check (written_ms % 3600000 = 0),
  primary key (referral_id, number)
) strict, without rowid;

-- Who replaced a wrap of a letter, in the order it was done.
create table onestop_letter_move (
  referral_id  blob    not null references onestop_referral (id) on delete cascade,
  number       integer not null,
  step         integer not null check (step > 0),
  wraps_before blob    not null check (length(wraps_before) = 32),
  device       blob    not null check (length(device) = 16),
  signature    blob    not null check (length(signature) = 64),
  primary key (referral_id, number, step)
) strict, without rowid;

-- What a center said it can do now: lists of words, a comma between them.
create table onestop_service (
  center       blob    primary key check (length(center) = 16),
  capabilities text    not null,
  languages    text    not null,
  access       text    not null,
  beds_free    integer check (beds_free >= 0),
  said_ms      integer not null check (said_ms % 3600000 = 0)
) strict, without rowid;
