-- The people of the programme who sign in. Names and phones are private rows.
create table person (
  id         bytea    primary key check (length(id) = 16),
  roles      text    not null,
  district   text,
  name       bytea,
  active     bigint not null check (active in (0, 1)),
  created_ms bigint not null
);

create table passkey (
  id         bytea    primary key,
  person     bytea    not null references person (id) on delete cascade,
  credential text    not null,
  created_ms bigint not null,
  used_ms    bigint
);
create index passkey_by_person on passkey (person);

-- Single use; only the hash is kept.
create table enrolment_code (
  hash       bytea    primary key check (length(hash) = 32),
  person     bytea    not null references person (id) on delete cascade,
  expires_ms bigint not null,
  used_ms    bigint
);

create table session (
  token_hash bytea    primary key check (length(token_hash) = 32),
  id         bytea    not null unique check (length(id) = 16),
  person     bytea    references person (id) on delete cascade,
  device     bytea,
  role       text    not null,
  created_ms bigint not null,
  seen_ms    bigint not null,
  expires_ms bigint not null,
  revoked_ms bigint
);
create index session_by_person on session (person);
create index session_by_expiry on session (expires_ms);

create table device (
  id         bytea    primary key check (length(id) = 16),
  purpose    text    not null,
  token_hash bytea    not null unique check (length(token_hash) = 32),
  paired_ms  bigint not null,
  seen_ms    bigint,
  revoked_ms bigint
);
