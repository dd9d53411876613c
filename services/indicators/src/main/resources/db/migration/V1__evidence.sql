-- Every version of every fact, as it stood in the log. Rows are added and never changed.
create table evidence (
    record       text        not null,
    province     text collate "C" not null,
    source_id    text collate "C" not null,
    version      int         not null,
    topic        text        not null,
    partition    int         not null,
    kafka_offset bigint      not null,
    position     bigint      not null,
    event_time   timestamptz not null,
    change       text        not null,
    cause        json,
    after        json,
    constraint evidence_key primary key (record, province, source_id, version)
);

comment on column evidence.position is 'outbox position of the sender; -1 when the event named none';
comment on column evidence.after is 'full state after the change; null when the fact was withdrawn';
