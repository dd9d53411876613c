-- How far the log is in the evidence; moved in the transaction that stores what was read.
create table consumer_offset (
    topic       text   not null,
    partition   int    not null,
    next_offset bigint not null,
    position    bigint not null,
    constraint consumer_offset_key primary key (topic, partition)
);

comment on column consumer_offset.position is 'largest outbox position read, -1 before the first';
