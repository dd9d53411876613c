-- The current state of each record that may leave, as the log has it.
create table record_state (
    record        text  not null,
    province      text  not null,
    source_id     text  not null,
    outside_id    text  not null,
    version_order int   not null,
    state         jsonb,
    parent_id     text,
    moved_to      text,
    cause_id      text,
    constraint record_state_key primary key (record, province, source_id),
    constraint record_state_outside_id unique (outside_id)
);
create index record_state_parent on record_state (parent_id) where parent_id is not null;

comment on column record_state.outside_id is 'the only name of the record that a reader sees: a keyed hash of its key';
comment on column record_state.version_order is 'epoch of the service''s log * 2^22 + version of the record';
comment on column record_state.state is 'null when the record is withdrawn';
comment on column record_state.parent_id is 'outside id of the standard of a recognition';
comment on column record_state.moved_to is 'outside id of the record under which a withdrawn one goes on';

-- A subscription of an alliance, and the log of events that it has become.
create table feed (
    id              text        primary key,
    alliance        text        not null,
    name            text        not null,
    filter          jsonb       not null,
    start_at        text        not null,
    with_kafka      boolean     not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         int         not null default 1,
    deleted_at      timestamptz,
    epoch           int         not null default 1,
    next_sequence   bigint      not null default 1,
    chain           bytea       not null,
    events_since_checkpoint int not null default 0,
    checkpoint_at   timestamptz not null,
    scope           jsonb,
    scan_cursor     text,
    scan_cause      text
);
create index feed_of_alliance on feed (alliance);

comment on column feed.start_at is 'snapshot, now, or a time';
comment on column feed.chain is 'hash over all events of the epoch so far (32 bytes); zeros before the first';
comment on column feed.scope is 'the arguments of the last scope that a scan has begun with; null before the first';
comment on column feed.scan_cursor is 'outside id of the last record that the running scan has judged; null while none runs';

-- The records that a reader of the feed holds, if it has read all: what the next change of one is compared with.
create table feed_record (
    feed          text  not null references feed on delete cascade,
    outside_id    text  not null,
    record        text  not null,
    parent_id     text,
    version_order int   not null,
    state         bytea not null,
    constraint feed_record_key primary key (feed, outside_id)
);
create index feed_record_of_record on feed_record (outside_id);
create index feed_record_parent on feed_record (feed, parent_id) where parent_id is not null;

comment on column feed_record.state is 'what the feed last said of the record: canonical JSON of the visible fields';

-- The events of all feeds. Never changed; deleted at the end of the retention.
create table feed_event (
    feed        text        not null references feed on delete cascade,
    epoch       int         not null,
    sequence    bigint      not null,
    kind        text        not null,
    outside_id  text,
    record      text,
    time        timestamptz not null,
    stored_at   timestamptz not null,
    step        bigint      not null,
    dimensions  jsonb,
    fields      text[],
    digest      bytea       not null,
    chain       bytea       not null,
    body        bytea       not null,
    constraint feed_event_key primary key (feed, epoch, sequence)
);
create index feed_event_stored on feed_event (stored_at);

comment on column feed_event.time is 'when the change was recorded';
comment on column feed_event.step is 'the assigner''s step; readers see it once the witness on Kafka knows it (assigner_state)';
comment on column feed_event.dimensions is 'what decides whether the reader may still see the data; null when there is no state in them';
comment on column feed_event.fields is 'the fields of the record that the data show';
comment on column feed_event.body is 'the event as it is sent: a structured CloudEvent';

-- How far the one assigner is.
create table assigner_state (
    id           int    primary key check (id = 1),
    step         bigint not null,
    visible_step bigint not null,
    evaluated_on date
);
insert into assigner_state values (1, 0, 0, null);

comment on column assigner_state.visible_step is 'the last step that the witness on Kafka knows: readers see no later one';
