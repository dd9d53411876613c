-- Instances of 0.2.0 may run next to this version, and after it on the way back. They read and write was_sent; now it is always true.
alter table feed_record add column was_sent boolean not null default true;
comment on column feed_record.was_sent is 'for instances of 0.2.0 only; the next release drops it';

-- They keep no changes for replays, and do not count stored bytes.
alter table assigner_state add column history_step bigint not null default 0;
update assigner_state set history_step = step;
comment on column assigner_state.history_step is
  'last step of an assigner that keeps the changes; smaller than step: an older release has made the steps after it';
