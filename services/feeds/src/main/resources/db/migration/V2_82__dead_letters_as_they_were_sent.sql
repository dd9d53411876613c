-- A dead letter keeps what its headers said, so that a later version of the service can read it again.
alter table feed_dead_letter
    add column schema_version int,
    add column epoch          int,
    add column time           timestamptz;
create index feed_dead_letter_newest on feed_dead_letter (noted_at, topic, partition, kafka_offset);

comment on column feed_dead_letter.schema_version is 'by the type of the event, -1 for another type; null if it was not kept';
comment on column feed_dead_letter.epoch is 'of the log of its service; null if it was not kept';
comment on column feed_dead_letter.time is 'when the change was recorded; null if it was not kept';
