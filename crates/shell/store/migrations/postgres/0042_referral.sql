-- One-stop: referrals between two centers, their letters, and what centers can do now. A referral's
-- number is drawn for it and is never a case's; times are full hours. They lie by their random
-- numbers in SQLite. Here rows lie as they came: who has the files can lay one beside an entry.
create table onestop_referral (
  id          bytea   primary key check (length(id) = 16),
  purpose     bigint not null check (purpose between 1 and 3),
  sender      bytea   not null check (length(sender) = 16),
  receiver    bytea   not null check (length(receiver) = 16 and receiver <> sender),
  end_hash    bytea   not null check (length(end_hash) = 32),
  sent_ms     bigint not null check (sent_ms % 3600000 = 0),
  answered_ms bigint check (answered_ms % 3600000 = 0),
  ended_ms    bigint check (ended_ms % 3600000 = 0)
);
create index onestop_referral_by_sender on onestop_referral (sender);
create index onestop_referral_by_receiver on onestop_referral (receiver);

-- None is left of a referral that has ended.
create table onestop_letter (
  referral_id bytea   not null references onestop_referral (id) on delete cascade,
  number      bigint not null check (number > 0),
  closed      bytea   not null,
  closed_hash bytea   not null check (length(closed_hash) = 32),
  wraps       bytea   not null check (length(wraps) = 2336),
  device      bytea   not null check (length(device) = 16),
  signature   bytea   not null check (length(signature) = 64),
  written_ms  bigint not null check (written_ms % 3600000 = 0),
  primary key (referral_id, number)
);

-- Who replaced a wrap of a letter, in the order it was done.
create table onestop_letter_move (
  referral_id  bytea   not null references onestop_referral (id) on delete cascade,
  number       bigint not null,
  step         bigint not null check (step > 0),
  wraps_before bytea   not null check (length(wraps_before) = 32),
  device       bytea   not null check (length(device) = 16),
  signature    bytea   not null check (length(signature) = 64),
  primary key (referral_id, number, step)
);

-- What a center said it can do now: lists of words, a comma between them.
create table onestop_service (
  center       bytea   primary key check (length(center) = 16),
  capabilities text    not null,
  languages    text    not null,
  access       text    not null,
  beds_free    bigint check (beds_free >= 0),
  said_ms      bigint not null check (said_ms % 3600000 = 0)
);
