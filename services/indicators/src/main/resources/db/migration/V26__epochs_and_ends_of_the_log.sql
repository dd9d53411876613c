-- A restored service begins a new epoch of its log, and a restored or emptied Kafka is another log under the same name.
alter table consumer_offset add column last_position bigint not null default -1;

comment on column consumer_offset.last_position is
  'outbox position of the event before next_offset, by which a restored Kafka is recognised; -1 when it is unknown';
comment on column consumer_offset.next_offset is
  'generation of the partition * 2^32 + offset in Kafka; the generation grows when Kafka was restored or emptied';
comment on column evidence.kafka_offset is 'see consumer_offset.next_offset';
comment on column evidence.version is
  'epoch of the service''s log * 2^22 + version of the record: the version itself before the first restore';
