-- What a service that reads the log keeps of it, for org.voyage.kit.log. Of the services only those take this location
-- that read the log; indicators made its tables before there was one.

-- How far the log is in the database; moved in the transaction that stores what was read.
create table consumer_offset (
  topic         text   not null,
  partition     int    not null,
  next_offset   bigint not null,
  position      bigint not null,
  last_position bigint not null default -1,
  constraint consumer_offset_key primary key (topic, partition)
);

comment on column consumer_offset.next_offset is
  'generation of the partition * 2^32 + offset in Kafka; the generation grows when Kafka was restored or emptied';
comment on column consumer_offset.position is 'largest outbox position read, -1 before the first';
comment on column consumer_offset.last_position is
  'outbox position of the event before next_offset, by which a restored Kafka is recognised; -1 when it is unknown';

-- The instance that reads the log into the database; another takes over when it falls silent.
create table reader_lease (
  reader       text        primary key,
  holder       text        not null,
  leased_until timestamptz not null,
  epoch        bigint      not null default 1
);

comment on column reader_lease.epoch is 'grows with each other holder; a former holder stores nothing more';
