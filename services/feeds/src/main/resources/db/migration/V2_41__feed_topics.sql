-- How far the topics of feeds on Kafka are. The topic itself is the truth; this says where to look, and is shown to readers.
create table feed_topic (
    feed          text        not null constraint feed_topic_key primary key references feed on delete cascade,
    topic_id      text        not null,
    epoch         int         not null default 0,
    sequence      bigint      not null default 0,
    kafka_offset  bigint      not null default -1,
    checked_scope text,
    published_at  timestamptz
);

comment on column feed_topic.topic_id is 'Kafka''s id of the topic: another one means that the topic was made again';
comment on column feed_topic.sequence is 'with epoch: the last event that is known to be in the topic';
comment on column feed_topic.kafka_offset is 'of this event; -1 when it is not known';
comment on column feed_topic.checked_scope is
  'the scope by which no event of the topic is to be withheld; null when none was compared';

select guard_by_feed('feed_topic');
