-- The journal: everything that happened in one city, in one order. Appended to, never rewritten.
create table journal (
  number         integer primary key,
  stream         text    not null,
  stream_id      blob    not null check (length(stream_id) = 16),
  stream_version integer not null,
  district       text,
  name           text    not null,
  event_version  integer not null,
  at_ms          integer not null,
  actor          text    not null,
  body           text    not null,
  idempotency    blob    check (idempotency is null or length(idempotency) = 32),
  prev_hash      blob    not null check (length(prev_hash) = 32),
  hash           blob    not null check (length(hash) = 32),
  unique (stream, stream_id, stream_version)
) strict;
create index journal_by_idempotency on journal (idempotency) where idempotency is not null;

create trigger journal_is_not_rewritten before update on journal
begin select raise(abort, 'the journal is append-only'); end;
create trigger journal_is_not_shortened before delete on journal
begin select raise(abort, 'the journal is append-only'); end;

-- One row: where the journal stands. Holding it is holding the city's lock.
create table journal_head (
  only_row integer primary key check (only_row = 1),
  city     text    not null,
  number   integer not null,
  hash     blob    not null check (length(hash) = 32)
) strict;

-- What was signed: up to `number` the chain ended in `hash`.
create table checkpoint (
  number    integer primary key,
  hash      blob    not null,
  at_ms     integer not null,
  signature blob    not null check (length(signature) = 64)
) strict;

-- What happens by when, unless the stream moves on.
create table deadline (
  stream    text    not null,
  stream_id blob    not null,
  name      text    not null,
  due_ms    integer not null,
  district  text,
  primary key (stream, stream_id, name)
) strict;
create index deadline_by_time on deadline (due_ms);

-- How far each follower has carried the news.
create table follower (
  name   text    primary key,
  number integer not null
) strict;

-- What a key's first request was answered, so that its retry is answered the same.
create table idempotency (
  key           blob    primary key check (length(key) = 32),
  request       blob    not null,
  stream        text    not null,
  stream_id     blob    not null,
  number        integer not null,
  reply         text    not null,
  kept_until_ms integer not null
) strict;
create index idempotency_by_time on idempotency (kept_until_ms);
