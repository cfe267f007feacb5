-- Kind 14, entries of the work on a case: kept as messages are, all of them.
alter table onestop_version
  drop constraint onestop_version_kind_check,
  add constraint onestop_version_kind_check check (kind between 1 and 14);
