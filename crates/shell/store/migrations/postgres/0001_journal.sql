-- The journal: everything that happened in one city, in one order. Appended to, never rewritten.
create table journal (
  number         bigint primary key,
  stream         text    not null,
  stream_id      bytea    not null check (length(stream_id) = 16),
  stream_version bigint not null,
  district       text,
  name           text    not null,
  event_version  bigint not null,
  at_ms          bigint not null,
  actor          text    not null,
  body           text    not null,
  idempotency    bytea    check (idempotency is null or length(idempotency) = 32),
  prev_hash      bytea    not null check (length(prev_hash) = 32),
  hash           bytea    not null check (length(hash) = 32),
  unique (stream, stream_id, stream_version)
);
create index journal_by_idempotency on journal (idempotency) where idempotency is not null;


-- One row: where the journal stands. Holding it is holding the city's lock.
create table journal_head (
  only_row smallint primary key check (only_row = 1),
  city     text    not null,
  number   bigint not null,
  hash     bytea    not null check (length(hash) = 32)
);

-- What was signed: up to `number` the chain ended in `hash`.
create table checkpoint (
  number    bigint primary key,
  hash      bytea    not null,
  at_ms     bigint not null,
  signature bytea    not null check (length(signature) = 64)
);

-- What happens by when, unless the stream moves on.
create table deadline (
  stream    text    not null,
  stream_id bytea    not null,
  name      text    not null,
  due_ms    bigint not null,
  district  text,
  primary key (stream, stream_id, name)
);
create index deadline_by_time on deadline (due_ms);

-- How far each follower has carried the news.
create table follower (
  name   text    primary key,
  number bigint not null
);

-- What a key's first request was answered, so that its retry is answered the same.
create table idempotency (
  key           bytea    primary key check (length(key) = 32),
  request       bytea    not null,
  stream        text    not null,
  stream_id     bytea    not null,
  number        bigint not null,
  reply         text    not null,
  kept_until_ms bigint not null
);
create index idempotency_by_time on idempotency (kept_until_ms);

create function journal_is_append_only() returns trigger language plpgsql as
$$ begin raise exception 'the journal is append-only'; end $$;
create trigger journal_is_not_rewritten before update or delete on journal
  for each row execute function journal_is_append_only();
create trigger journal_is_not_emptied before truncate on journal
  for each statement execute function journal_is_append_only();
