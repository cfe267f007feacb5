-- One-stop: files of the evidence, closed in the browser, and the custody log. A file's number, its
-- parts and what the log calls it: neither name nor type nor key. Parts lie by drawn numbers.
create table onestop_file (
  id       blob    primary key check (length(id) = 16),
  case_id  blob    not null check (length(case_id) = 16),
  leaf     blob    not null check (length(leaf) = 32),
  padded   integer not null check (padded > 0),
  parts    integer not null check (parts > 0),
  begun_ms integer not null check (begun_ms % 3600000 = 0)
) strict, without rowid;
create index onestop_file_by_case on onestop_file (case_id);
create index onestop_file_by_leaf on onestop_file (leaf);
create index onestop_file_by_hour on onestop_file (begun_ms);

-- No reference to the file: its parts go a few at a time, because what is deleted is overwritten.
create table onestop_file_part (
  id          integer primary key,
  file        blob    not null check (length(file) = 16),
  part        integer not null check (part >= 0),
  received_ms integer not null check (received_ms % 3600000 = 0),
  closed      blob    not null check (length(closed) between 17 and 1048592),
  unique (file, part)
) strict;

-- Files that are deleted and whose parts are going.
create table onestop_file_gone (
  id blob primary key check (length(id) = 16)
) strict, without rowid;

-- The custody log: events in the order they came, which is what a log is for. Only added to.
create table onestop_custody (
  place     integer primary key check (place >= 0),
  event     blob    not null check (length(event) = 114),
  signature blob    not null check (length(signature) = 64)
) strict;
-- What the event itself calls the piece: a column beside it could say something else.
create index onestop_custody_by_leaf on onestop_custody (substr(event, 10, 32));

create table onestop_custody_head (
  size      integer primary key check (size > 0),
  head      blob    not null check (length(head) = 49),
  signature blob    not null check (length(signature) = 64)
) strict;
