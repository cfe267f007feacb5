-- What must be forgotten: sealed rows, and apart from them the key of each.
create table private (
  id         blob    primary key check (length(id) = 16),
  kind       text    not null,
  sealed     blob    not null,
  expires_ms integer not null
) strict;
create index private_by_expiry on private (expires_ms);

create table private_key (
  id      blob primary key check (length(id) = 16),
  wrapped blob not null
) strict;
