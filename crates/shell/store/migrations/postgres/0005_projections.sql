-- Projections: written only from the journal, and rebuilt from it byte for byte.
create table escort (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_live bigint,
  everywhere bigint,
  own_district text,
  channel text,
  meeting_place bytea,
  asked_ms bigint,
  wanted_ms bigint,
  since_ms bigint,
  people bigint,
  reach text,
  team bytea,
  overdue bigint,
  turned_away text,
  cancelled text
);

create table alarm (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_open bigint,
  everywhere bigint,
  own_district text,
  grade text,
  source text,
  retracted bigint,
  duress bigint,
  presses bigint,
  raised_ms bigint,
  seen_ms bigint,
  outcome text
);

create table haven (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  place bytea,
  own_district text,
  hours text,
  trained text,
  on_shift text,
  drilled_ms bigint,
  sign_visible bigint,
  refuge_since_ms bigint,
  refuge_asked_ms bigint
);

create table volunteer_team (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  duty text,
  is_out bigint,
  walk bytea,
  first_member bytea,
  second_member bytea,
  own_district text,
  post bytea,
  shift_until_ms bigint,
  walks bigint,
  last_walk_ms bigint
);

create table volunteer_person (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  gender text,
  record_check_until_ms bigint,
  training_until_ms bigint
);

create table environment_register (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  kind text,
  own_district text,
  source text,
  tally text,
  imported_ms bigint,
  imports bigint
);

create index escort_live on escort (own_district) where is_live = 1;
create index escort_by_asking on escort (asked_ms);
create index alarm_open on alarm (own_district) where is_open = 1;
create index alarm_by_raising on alarm (raised_ms);
create index haven_by_district on haven (own_district);
create index haven_by_place on haven (place);
create index volunteer_team_by_district on volunteer_team (own_district);
create index volunteer_team_out on volunteer_team (id) where is_out = 1;
