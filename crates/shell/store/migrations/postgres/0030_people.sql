-- Projections of those who help: how they join, their nights, hours and watches; beats, rounds, sightings.
create table volunteer_application (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_open bigint,
  own_district text,
  engagement text,
  private bytea,
  interview_ms bigint,
  person bytea,
  waiting_ms bigint,
  ended_ms bigint
);

create table volunteer_attendance (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  is_out bigint,
  team bytea,
  since_ms bigint,
  mute text
);

create table volunteer_shift (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_open bigint,
  own_district text,
  starts_ms bigint,
  ends_ms bigint,
  crew_min bigint,
  crew bigint,
  pairs bigint,
  calls bigint
);

create table volunteer_ledger (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  engagement text,
  since_ms bigint,
  engaged_ms bigint,
  turns bigint,
  worked_ms bigint,
  report_hours bigint
);

create table volunteer_watch (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_open bigint,
  own_district text,
  who text,
  purpose text,
  reach text,
  due_ms bigint,
  outcome text
);

create table volunteer_debrief (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_open bigint,
  own_district text,
  person bytea,
  after text,
  due_ms bigint,
  arranged_ms bigint
);

create table volunteer_no_go (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_open bigint,
  own_district text,
  spot text,
  reason text,
  until_ms bigint
);

create table environment_defect (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_open bigint,
  own_district text,
  part text,
  spot text,
  noticed_ms bigint,
  outcome text
);

create table patrol_beat (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  own_district text,
  streets bigint
);

create table patrol_round (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_open bigint,
  own_district text,
  beat bytea,
  team bytea,
  started_ms bigint,
  ended_ms bigint,
  ending text,
  visited bigint
);

create table patrol_sighting (
  id bytea primary key check (length(id) = 16),
  version bigint not null,
  number bigint not null,
  at_ms bigint not null,
  district text,
  stage text,
  is_open bigint,
  own_district text,
  kind text,
  receiver text,
  asked_ms bigint,
  noted_ms bigint,
  closed_ms bigint,
  outcome text
);

create index volunteer_application_open on volunteer_application (own_district) where is_open = 1;
create index volunteer_shift_open on volunteer_shift (own_district) where is_open = 1;
create index volunteer_watch_open on volunteer_watch (own_district) where is_open = 1;
create index volunteer_debrief_open on volunteer_debrief (own_district) where is_open = 1;
create index volunteer_no_go_open on volunteer_no_go (own_district) where is_open = 1;
create index volunteer_application_by_person on volunteer_application (person);
create index volunteer_attendance_out on volunteer_attendance (id) where is_out = 1;
create index environment_defect_open on environment_defect (own_district) where is_open = 1;
create index patrol_beat_by_district on patrol_beat (own_district);
create index patrol_round_by_start on patrol_round (started_ms);
create index patrol_sighting_open on patrol_sighting (own_district) where is_open = 1;
