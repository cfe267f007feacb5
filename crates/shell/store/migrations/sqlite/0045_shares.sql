-- That a center's key was shared out among three supervisors, and that two of them gave it back: which
-- key and the hour. No share, nothing of one, and not who holds any.
create table onestop_shares (
  center  blob    primary key check (length(center) = 16),
  epoch   integer not null check (epoch > 0),
  made_ms integer not null check (made_ms % 3600000 = 0)
) strict;

create table onestop_key_back (
  center  blob    not null check (length(center) = 16),
  epoch   integer not null check (epoch > 0),
  device  blob    not null check (length(device) = 16),
  back_ms integer not null check (back_ms % 3600000 = 0),
  primary key (center, epoch, device)
) strict;
