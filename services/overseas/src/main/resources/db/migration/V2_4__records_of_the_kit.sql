-- Records can go on under another key, and what waits is kept by the kit, for any record and any parent.
alter table overseas_school add column moved_to text check (moved_to is null or reason is not null);
alter table overseas_school_history add column moved_to text;
alter table overseas_headcount add column moved_to text check (moved_to is null or reason is not null);
alter table overseas_headcount_history add column moved_to text;
alter table overseas_training add column moved_to text check (moved_to is null or reason is not null);
alter table overseas_training_history add column moved_to text;

insert into parked_row
  select record, province, source_id, 'overseas-school', school, body, cause_kind, cause_id, actor, parked_at, '[]'
    from parked;
drop table parked;
