-- One-stop: files of the evidence, closed in the browser, and the custody log. A file's number, its
-- parts and what the log calls it: neither name nor type nor key. Rows lie as they came.
create table onestop_file (
  id       bytea    primary key check (length(id) = 16),
  case_id  bytea    not null check (length(case_id) = 16),
  leaf     bytea    not null check (length(leaf) = 32),
  padded   bigint not null check (padded > 0),
  parts    bigint not null check (parts > 0),
  begun_ms bigint not null check (begun_ms % 3600000 = 0)
);
create index onestop_file_by_case on onestop_file (case_id);
create index onestop_file_by_leaf on onestop_file (leaf);
create index onestop_file_by_hour on onestop_file (begun_ms);

-- No reference to the file: its parts go a few at a time, because what is deleted is overwritten.
create table onestop_file_part (
  id          bigint primary key,
  file        bytea    not null check (length(file) = 16),
  part        bigint not null check (part >= 0),
  received_ms bigint not null check (received_ms % 3600000 = 0),
  closed      bytea    not null check (length(closed) between 17 and 1048592),
  unique (file, part)
);

-- Files that are deleted and whose parts are going.
create table onestop_file_gone (
  id bytea primary key check (length(id) = 16)
);

-- The custody log: events in the order they came, which is what a log is for. Only added to.
create table onestop_custody (
  place     bigint primary key check (place >= 0),
  event     bytea    not null check (length(event) = 114),
  signature bytea    not null check (length(signature) = 64)
);
-- What the event itself calls the piece: a column beside it could say something else.
create index onestop_custody_by_leaf on onestop_custody (substr(event, 10, 32));

create table onestop_custody_head (
  size      bigint primary key check (size > 0),
  head      bytea    not null check (length(head) = 49),
  signature bytea    not null check (length(signature) = 64)
);
-- Closed bytes cannot be pressed smaller.
alter table onestop_file_part alter column closed set storage external;
