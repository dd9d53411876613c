-- Further state of the assigner.
alter table record_state drop column cause_id;
create index record_state_moved_to on record_state (moved_to) where moved_to is not null;

alter table feed_record add column was_sent boolean not null default true;
comment on column feed_record.was_sent is
  'false for a record in scope of which the feed has sent nothing yet, because the feed started later';

alter table feed
    add column scope_filter     jsonb,
    add column stopped_reason   text,
    add column expired_epoch    int    not null default 0,
    add column expired_sequence bigint not null default 0;

comment on column feed.scope is 'the scope that the last scan has begun with; null before the first';
comment on column feed.scope_filter is 'the filter of that scope, by which a change of it is recognised';
comment on column feed.scan_cause is 'snapshot, baseline, reset, grant, filter, member, list, region, day or record-changed';
comment on column feed.stopped_reason is 'why the assigner cannot evaluate the feed; null while it can';
comment on column feed.expired_epoch is 'with expired_sequence: the last event that the retention has deleted';

-- Events of records that could not be read. A later version of the record heals.
create table feed_dead_letter (
    topic        text        not null,
    partition    int         not null,
    kafka_offset bigint      not null,
    key          bytea,
    message      bytea,
    reason       text        not null,
    noted_at     timestamptz not null,
    healed_at    timestamptz,
    constraint feed_dead_letter_key primary key (topic, partition, kafka_offset)
);
create index feed_dead_letter_open on feed_dead_letter (key) where healed_at is null;
