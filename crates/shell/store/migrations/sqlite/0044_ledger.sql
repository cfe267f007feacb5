-- One-stop: what was released of all women together. A table of a period once, for ever; what is here
-- is not changed and not taken out, or a year could spend more than it has.
create table onestop_release (
  table_key           text    not null,
  period              text    not null,
  year                integer not null,
  digest              blob    not null check (length(digest) = 32),
  epsilon_thousandths integer not null check (epsilon_thousandths > 0),
  reserved_ms         integer not null check (reserved_ms % 3600000 = 0),
  primary key (table_key, period)
) strict, without rowid;
create index onestop_release_by_year on onestop_release (year);
