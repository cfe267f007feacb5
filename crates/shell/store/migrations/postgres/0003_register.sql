-- One row per import of one file; what an import brought is visible once it is published.
create table import (
  number     bigint primary key,
  id         bytea    not null unique check (length(id) = 16),
  register   bytea    not null check (length(register) = 16),
  kind       text    not null,
  source     text    not null,
  district   text,
  digest     bytea    not null check (length(digest) = 32),
  file_name  text    not null,
  correction bigint not null check (correction in (0, 1)),
  as_of      text,
  at_ms      bigint not null,
  added      bigint not null,
  changed    bigint not null,
  retired    bigint not null,
  unchanged  bigint not null,
  report     text    not null,
  published  bigint not null check (published in (0, 1))
);
create index import_by_register on import (register, number);

-- Things that stand in the street, with every earlier version of each: a row is current from its
-- first import until the import that retired it.
create table asset (
  key            bytea    not null check (length(key) = 16),
  first_import   bigint not null references import (number),
  retired_import bigint references import (number),
  register       bytea    not null check (length(register) = 16),
  kind           text    not null,
  source         text    not null,
  district       text,
  lat            double precision,
  lon            double precision,
  count          bigint not null,
  payload        text    not null,
  fingerprint    bytea    not null,
  correction     bigint not null check (correction in (0, 1)),
  checked_on     text,
  primary key (key, first_import)
);
create index asset_by_register on asset (register, key) where retired_import is null;
create index asset_by_kind on asset (kind) where retired_import is null;
create index asset_by_retirement on asset (retired_import) where retired_import is not null;
create index asset_by_import on asset (first_import);

-- Rows no import could use, as they were, with the reason.
create table quarantine (
  import_number bigint not null references import (number),
  line          bigint not null,
  reason        text    not null,
  original      bytea    not null,
  primary key (import_number, line, reason)
);

-- Whole things kept as bytes: merged streets per file, borders per district.
create table street_extract (
  digest    bytea    primary key check (length(digest) = 32),
  file_name text    not null,
  as_of     text,
  at_ms     bigint not null,
  elements  bytea    not null
);
create table boundary (
  code     text primary key,
  level    text not null,
  name     text not null,
  geometry text not null,
  digest   bytea not null
);
