-- One row per import of one file; what an import brought is visible once it is published.
create table import (
  number     integer primary key,
  id         blob    not null unique check (length(id) = 16),
  register   blob    not null check (length(register) = 16),
  kind       text    not null,
  source     text    not null,
  district   text,
  digest     blob    not null check (length(digest) = 32),
  file_name  text    not null,
  correction integer not null check (correction in (0, 1)),
  as_of      text,
  at_ms      integer not null,
  added      integer not null,
  changed    integer not null,
  retired    integer not null,
  unchanged  integer not null,
  report     text    not null,
  published  integer not null check (published in (0, 1))
) strict;
create index import_by_register on import (register, number);

-- Things that stand in the street, with every earlier version of each: a row is current from its
-- first import until the import that retired it.
create table asset (
  key            blob    not null check (length(key) = 16),
  first_import   integer not null references import (number),
  retired_import integer references import (number),
  register       blob    not null check (length(register) = 16),
  kind           text    not null,
  source         text    not null,
  district       text,
  lat            real,
  lon            real,
  count          integer not null,
  payload        text    not null,
  fingerprint    blob    not null,
  correction     integer not null check (correction in (0, 1)),
  checked_on     text,
  primary key (key, first_import)
) strict;
create index asset_by_register on asset (register, key) where retired_import is null;
create index asset_by_kind on asset (kind) where retired_import is null;
create index asset_by_retirement on asset (retired_import) where retired_import is not null;
create index asset_by_import on asset (first_import);

-- Rows no import could use, as they were, with the reason.
create table quarantine (
  import_number integer not null references import (number),
  line          integer not null,
  reason        text    not null,
  original      blob    not null,
  primary key (import_number, line, reason)
) strict;

-- Whole things kept as bytes: merged streets per file, borders per district.
create table street_extract (
  digest    blob    primary key check (length(digest) = 32),
  file_name text    not null,
  as_of     text,
  at_ms     integer not null,
  elements  blob    not null
) strict;
create table boundary (
  code     text primary key,
  level    text not null,
  name     text not null,
  geometry text not null,
  digest   blob not null
) strict;
