-- What came is written anew once its hour is over: where a row lies in the file says when it was written, to
-- the second. `before_ms`: everything of earlier hours was.
create table onestop_parted (
  before_ms integer primary key check (before_ms % 3600000 = 0)
) strict;
create index onestop_case_by_hour on onestop_case (received_ms);
create index onestop_version_by_hour on onestop_version (written_ms);
create index onestop_letter_by_hour on onestop_letter (written_ms);
