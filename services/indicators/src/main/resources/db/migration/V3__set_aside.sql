-- Events that could not be read, kept byte for byte so that nothing is lost and somebody can look.
create table set_aside (
    topic        text        not null,
    partition    int         not null,
    kafka_offset bigint      not null,
    record       text        not null,
    key          bytea,
    content      bytea,
    reason       text        not null,
    set_aside_at timestamptz not null default now(),
    constraint set_aside_key primary key (topic, partition, kafka_offset)
);
