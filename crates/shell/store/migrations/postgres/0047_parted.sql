-- What came is written anew once its hour is over: a row carries the number of the transaction that wrote it,
-- as the journal's rows do. `before_ms`: everything of earlier hours was.
create table onestop_parted (
  before_ms bigint primary key check (before_ms % 3600000 = 0)
);
create index onestop_case_by_hour on onestop_case (received_ms);
create index onestop_version_by_hour on onestop_version (written_ms);
create index onestop_letter_by_hour on onestop_letter (written_ms);
