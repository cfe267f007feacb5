-- The people of the programme who sign in. Names and phones are private rows.
create table person (
  id         blob    primary key check (length(id) = 16),
  roles      text    not null,
  district   text,
  name       blob,
  active     integer not null check (active in (0, 1)),
  created_ms integer not null
) strict;

create table passkey (
  id         blob    primary key,
  person     blob    not null references person (id) on delete cascade,
  credential text    not null,
  created_ms integer not null,
  used_ms    integer
) strict;
create index passkey_by_person on passkey (person);

-- Single use; only the hash is kept.
create table enrolment_code (
  hash       blob    primary key check (length(hash) = 32),
  person     blob    not null references person (id) on delete cascade,
  expires_ms integer not null,
  used_ms    integer
) strict;

create table session (
  token_hash blob    primary key check (length(token_hash) = 32),
  id         blob    not null unique check (length(id) = 16),
  person     blob    references person (id) on delete cascade,
  device     blob,
  role       text    not null,
  created_ms integer not null,
  seen_ms    integer not null,
  expires_ms integer not null,
  revoked_ms integer
) strict;
create index session_by_person on session (person);
create index session_by_expiry on session (expires_ms);

create table device (
  id         blob    primary key check (length(id) = 16),
  purpose    text    not null,
  token_hash blob    not null unique check (length(token_hash) = 32),
  paired_ms  integer not null,
  seen_ms    integer,
  revoked_ms integer
) strict;
