-- Matching: what was left of the person who harmed her, closed for a machine without a network. Bytes that
-- look like chance, all of one length, and the full hour; not who left them, nor from where. `parted`:
-- written anew since (PostgreSQL only, where rows lie as they came).
create table onestop_matching (
  number          bytea  primary key check (length(number) = 16),
  withdrawal_hash bytea  not null unique check (length(withdrawal_hash) = 32),
  entry           bytea  not null check (length(entry) = 4593),
  kept_ms         bigint not null check (kept_ms % 3600000 = 0),
  parted          bigint not null default 0 check (parted in (0, 1))
);
create index onestop_matching_by_hour on onestop_matching (kept_ms, number);
