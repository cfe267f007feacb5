-- One-stop: sealed reports, and the log of whose keys are whose. Not of the journal: what is deleted
-- here is gone. Times of what women send are full hours, which the tables hold to. Rows lie as they
-- came, and carry their transaction's number: who has the files can lay a knock beside its case.
-- `Store::part_knocks` writes the knocks of past hours anew, all at once and in another order.
create table onestop_case (
  id          bytea   primary key check (length(id) = 16),
  locator     bytea   not null check (length(locator) = 32),
  signing_key bytea   not null check (length(signing_key) = 32),
  manifest    bytea   not null,
  signature   bytea   not null check (length(signature) = 64),
  received_ms bigint not null check (received_ms % 3600000 = 0)
);
create index onestop_case_by_locator on onestop_case (locator);

-- The newest version of each of the twelve compartments, and every message (kind 13).
create table onestop_version (
  case_id     bytea   not null references onestop_case (id) on delete cascade,
  kind        bigint not null check (kind between 1 and 13),
  version     bigint not null check (version > 0),
  closed      bytea   not null,
  closed_hash bytea   not null check (length(closed_hash) = 32),
  wraps       bytea   not null check (length(wraps) = 9344),
  author      bytea   check (length(author) = 16),
  signature   bytea   check (length(signature) = 64),
  written_ms  bigint not null check (written_ms % 3600000 = 0),
  primary key (case_id, kind, version)
);

-- Who replaced the wraps of a version, in the order it was done.
create table onestop_move (
  case_id      bytea   not null references onestop_case (id) on delete cascade,
  kind         bigint not null,
  version      bigint not null,
  step         bigint not null check (step > 0),
  wraps_before bytea   not null check (length(wraps_before) = 32),
  author       bytea   check (length(author) = 16),
  signature    bytea   not null check (length(signature) = 64),
  primary key (case_id, kind, version, step)
);

create table onestop_withdrawal (
  case_id   bytea   not null references onestop_case (id) on delete cascade,
  mark      bytea   not null check (length(mark) = 32),
  at_ms     bigint not null check (at_ms % 3600000 = 0),
  signature bytea   not null check (length(signature) = 64),
  primary key (case_id, mark)
);

-- Which case a knock came with is not kept. The number is drawn. `parted`: written anew since.
create table onestop_knock (
  id          bigint primary key,
  center      bytea   not null check (length(center) = 16),
  epoch       bigint not null check (epoch > 0),
  note        bytea   not null check (length(note) = 1330),
  received_ms bigint not null check (received_ms % 3600000 = 0),
  answered_ms bigint check (answered_ms % 3600000 = 0),
  parted      bigint not null default 0 check (parted in (0, 1))
);
create index onestop_knock_by_center on onestop_knock (center);

-- The log: entries in their order, which is what a log is for.
create table onestop_entry (
  place bigint primary key check (place >= 0),
  entry bytea   not null
);

create table onestop_device (
  id     bytea   primary key check (length(id) = 16),
  center bytea   not null check (length(center) = 16),
  person bytea   not null check (length(person) = 16)
);
create index onestop_device_by_center on onestop_device (center);

-- A center's key of one epoch, closed for its devices.
create table onestop_key_wrap (
  center bytea   not null check (length(center) = 16),
  epoch  bigint not null check (epoch > 0),
  device bytea   not null check (length(device) = 16),
  wrap   bytea   not null check (length(wrap) = 1168),
  primary key (center, epoch, device)
);

create table onestop_head (
  size      bigint not null,
  at_ms     bigint not null,
  head      bytea   not null,
  signature bytea   not null check (length(signature) = 64),
  primary key (size, at_ms)
);

create table onestop_witness (
  size      bigint not null,
  at_ms     bigint not null,
  witness   bytea   not null check (length(witness) = 32),
  signature bytea   not null check (length(signature) = 64),
  primary key (size, at_ms, witness),
  foreign key (size, at_ms) references onestop_head (size, at_ms) on delete cascade
);
