-- Projections: written only from the journal, and rebuilt from it byte for byte.
create table escort (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_live integer,
  everywhere integer,
  own_district text,
  channel text,
  meeting_place blob,
  asked_ms integer,
  wanted_ms integer,
  since_ms integer,
  people integer,
  reach text,
  team blob,
  overdue integer,
  turned_away text,
  cancelled text
) strict;

create table alarm (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_open integer,
  everywhere integer,
  own_district text,
  grade text,
  source text,
  retracted integer,
  duress integer,
  presses integer,
  raised_ms integer,
  seen_ms integer,
  outcome text
) strict;

create table haven (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  place blob,
  own_district text,
  hours text,
  trained text,
  on_shift text,
  drilled_ms integer,
  sign_visible integer,
  refuge_since_ms integer,
  refuge_asked_ms integer
) strict;

create table volunteer_team (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  duty text,
  is_out integer,
  walk blob,
  first_member blob,
  second_member blob,
  own_district text,
  post blob,
  shift_until_ms integer,
  walks integer,
  last_walk_ms integer
) strict;

create table volunteer_person (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  gender text,
  record_check_until_ms integer,
  training_until_ms integer
) strict;

create table environment_register (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  kind text,
  own_district text,
  source text,
  tally text,
  imported_ms integer,
  imports integer
) strict;

create index escort_live on escort (own_district) where is_live = 1;
create index escort_by_asking on escort (asked_ms);
create index alarm_open on alarm (own_district) where is_open = 1;
create index alarm_by_raising on alarm (raised_ms);
create index haven_by_district on haven (own_district);
create index haven_by_place on haven (place);
create index volunteer_team_by_district on volunteer_team (own_district);
create index volunteer_team_out on volunteer_team (id) where is_out = 1;
