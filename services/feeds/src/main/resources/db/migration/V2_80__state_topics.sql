-- Next to the topic of its events, a feed has a compacted topic of the states of its records.
alter table feed_topic
    add column state_topic_id text,
    add column state_offset   bigint not null default -1,
    add column state_scope    text,
    add column state_epoch    int    not null default 0;

comment on column feed_topic.state_topic_id is 'Kafka''s id of the topic of states: another one means that it was made again';
comment on column feed_topic.state_offset is 'of the last message that is known to be in it; -1 when none is known';
comment on column feed_topic.state_scope is 'the scope by which each message in it was written; null before the first';
comment on column feed_topic.state_epoch is 'epoch of the feed whose records are all in it; 0 while they are to be written';
