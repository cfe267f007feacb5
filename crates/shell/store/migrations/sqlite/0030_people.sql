-- Projections of those who help: how they join, their nights, hours and watches; beats, rounds, sightings.
create table volunteer_application (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_open integer,
  own_district text,
  engagement text,
  private blob,
  interview_ms integer,
  person blob,
  waiting_ms integer,
  ended_ms integer
) strict;

create table volunteer_attendance (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  is_out integer,
  team blob,
  since_ms integer,
  mute text
) strict;

create table volunteer_shift (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_open integer,
  own_district text,
  starts_ms integer,
  ends_ms integer,
  crew_min integer,
  crew integer,
  pairs integer,
  calls integer
) strict;

create table volunteer_ledger (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  engagement text,
  since_ms integer,
  engaged_ms integer,
  turns integer,
  worked_ms integer,
  report_hours integer
) strict;

create table volunteer_watch (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_open integer,
  own_district text,
  who text,
  purpose text,
  reach text,
  due_ms integer,
  outcome text
) strict;

create table volunteer_debrief (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_open integer,
  own_district text,
  person blob,
  after text,
  due_ms integer,
  arranged_ms integer
) strict;

create table volunteer_no_go (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_open integer,
  own_district text,
  spot text,
  reason text,
  until_ms integer
) strict;

create table environment_defect (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_open integer,
  own_district text,
  part text,
  spot text,
  noticed_ms integer,
  outcome text
) strict;

create table patrol_beat (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  own_district text,
  streets integer
) strict;

create table patrol_round (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_open integer,
  own_district text,
  beat blob,
  team blob,
  started_ms integer,
  ended_ms integer,
  ending text,
  visited integer
) strict;

create table patrol_sighting (
  id blob primary key check (length(id) = 16),
  version integer not null,
  number integer not null,
  at_ms integer not null,
  district text,
  stage text,
  is_open integer,
  own_district text,
  kind text,
  receiver text,
  asked_ms integer,
  noted_ms integer,
  closed_ms integer,
  outcome text
) strict;

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
