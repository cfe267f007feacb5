-- What must be forgotten: sealed rows, and apart from them the key of each.
create table private (
  id         bytea    primary key check (length(id) = 16),
  kind       text    not null,
  sealed     bytea    not null,
  expires_ms bigint not null
);
create index private_by_expiry on private (expires_ms);

create table private_key (
  id      bytea primary key check (length(id) = 16),
  wrapped bytea not null
);
