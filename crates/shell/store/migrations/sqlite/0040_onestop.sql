-- One-stop: sealed reports, and the log of whose keys are whose. Not of the journal: what is deleted
-- here is gone. Times of what women send are full hours, which the tables hold to. No table orders
-- its rows as they came: cases lie by their random numbers, knocks by theirs, so that a knock does
-- not lie beside the case it came with.
create table onestop_case (
  id          blob    primary key check (length(id) = 16),
  locator     blob    not null check (length(locator) = 32),
  signing_key blob    not null check (length(signing_key) = 32),
  manifest    blob    not null,
  signature   blob    not null check (length(signature) = 64),
  received_ms integer not null check (received_ms % 3600000 = 0)
) strict, without rowid;
create index onestop_case_by_locator on onestop_case (locator);

-- The newest version of each of the twelve compartments, and every message (kind 13).
create table onestop_version (
  case_id     blob    not null references onestop_case (id) on delete cascade,
  kind        integer not null check (kind between 1 and 13),
  version     integer not null check (version > 0),
  closed      blob    not null,
  closed_hash blob    not null check (length(closed_hash) = 32),
  wraps       blob    not null check (length(wraps) = 9344),
  author      blob    check (length(author) = 16),
  signature   blob    check (length(signature) = 64),
  written_ms  integer not null check (written_ms % 3600000 = 0),
  primary key (case_id, kind, version)
) strict, without rowid;

-- Who replaced the wraps of a version, in the order it was done.
create table onestop_move (
  case_id      blob    not null references onestop_case (id) on delete cascade,
  kind         integer not null,
  version      integer not null,
  step         integer not null check (step > 0),
  wraps_before blob    not null check (length(wraps_before) = 32),
  author       blob    check (length(author) = 16),
  signature    blob    not null check (length(signature) = 64),
  primary key (case_id, kind, version, step)
) strict, without rowid;

create table onestop_withdrawal (
  case_id   blob    not null references onestop_case (id) on delete cascade,
  mark      blob    not null check (length(mark) = 32),
  at_ms     integer not null check (at_ms % 3600000 = 0),
  signature blob    not null check (length(signature) = 64),
  primary key (case_id, mark)
) strict, without rowid;

-- Which case a knock came with is not kept. The number is drawn; a whole row fits a page, so none of
-- it lies elsewhere. `parted`: written anew since (PostgreSQL only, where rows lie as they came).
create table onestop_knock (
  id          integer primary key,
  center      blob    not null check (length(center) = 16),
  epoch       integer not null check (epoch > 0),
  note        blob    not null check (length(note) = 1330),
  received_ms integer not null check (received_ms % 3600000 = 0),
  answered_ms integer check (answered_ms % 3600000 = 0),
  parted      integer not null default 0 check (parted in (0, 1))
) strict;
create index onestop_knock_by_center on onestop_knock (center);

-- The log: entries in their order, which is what a log is for.
create table onestop_entry (
  place integer primary key check (place >= 0),
  entry blob    not null
) strict;

create table onestop_device (
  id     blob    primary key check (length(id) = 16),
  center blob    not null check (length(center) = 16),
  person blob    not null check (length(person) = 16)
) strict;
create index onestop_device_by_center on onestop_device (center);

-- A center's key of one epoch, closed for its devices.
create table onestop_key_wrap (
  center blob    not null check (length(center) = 16),
  epoch  integer not null check (epoch > 0),
  device blob    not null check (length(device) = 16),
  wrap   blob    not null check (length(wrap) = 1168),
  primary key (center, epoch, device)
) strict;

create table onestop_head (
  size      integer not null,
  at_ms     integer not null,
  head      blob    not null,
  signature blob    not null check (length(signature) = 64),
  primary key (size, at_ms)
) strict;

create table onestop_witness (
  size      integer not null,
  at_ms     integer not null,
  witness   blob    not null check (length(witness) = 32),
  signature blob    not null check (length(signature) = 64),
  primary key (size, at_ms, witness),
  foreign key (size, at_ms) references onestop_head (size, at_ms) on delete cascade
) strict;
