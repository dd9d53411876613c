-- The changes of the last days, each with what was before it: from them a feed replays the past.
create table record_change (
    position      bigint      generated always as identity primary key,
    outside_id    text        not null,
    change        text        not null,
    time          timestamptz not null,
    version_order int,
    state         jsonb,
    parent_id     text,
    moved_to      text
);
create index record_change_of_record on record_change (outside_id, position);
create index record_change_time on record_change using brin (time);
create index record_change_parent on record_change (parent_id) where parent_id is not null;
create index record_change_moved_to on record_change (moved_to) where moved_to is not null;

comment on column record_change.position is 'order in which the assigner applied the changes';
comment on column record_change.time is 'when the change was recorded';
comment on column record_change.version_order is 'of the state before the change, as are the columns that follow; null if the record was not known';

alter table assigner_state add column history_from timestamptz not null default '-infinity';
update assigner_state set history_from = now() where exists (select from record_state);
comment on column assigner_state.history_from is 'no start of a feed lies before it: earlier changes were not kept';

alter table feed
    add column replay_begun_at bigint,
    add column replay_position bigint,
    add column replay_day      date,
    add column replay_due_day  date;
comment on column feed.start_at is 'snapshot, now, or a time (UTC with six decimals)';
comment on column feed.replay_begun_at is 'position of the last change when the replay of the past began; -1 before; null while none runs';
comment on column feed.replay_position is 'position of the last replayed change';
comment on column feed.replay_day is 'day of Asia/Shanghai whose scope the replay has; null while none runs';
comment on column feed.replay_due_day is 'day of the next change, whose scope is to be resolved first';
