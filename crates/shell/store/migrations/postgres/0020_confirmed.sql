-- When whoever is signed in last showed her passkey; asked for before what is sensitive.
alter table session add column confirmed_ms bigint;
create index session_by_device on session (device);
create index enrolment_code_by_person on enrolment_code (person);
