-- Kind 14, entries of the work on a case: kept as messages are, all of them. SQLite changes no check,
-- so the table is made anew; nothing refers to it.
create table onestop_version_wider (
  case_id     blob    not null references onestop_case (id) on delete cascade,
  kind        integer not null check (kind between 1 and 14),
  version     integer not null check (version > 0),
  closed      blob    not null,
  closed_hash blob    not null check (length(closed_hash) = 32),
  wraps       blob    not null check (length(wraps) = 9344),
  author      blob    check (length(author) = 16),
  signature   blob    check (length(signature) = 64),
  written_ms  integer not null check (written_ms % 3600000 = 0),
  primary key (case_id, kind, version)
) strict, without rowid;
insert into onestop_version_wider (case_id, kind, version, closed, closed_hash, wraps, author, signature, written_ms)
  select case_id, kind, version, closed, closed_hash, wraps, author, signature, written_ms from onestop_version;
drop table onestop_version;
alter table onestop_version_wider rename to onestop_version;
