-- When the evidence came to hold the log up to an offset: one row per step and partition, written by the step itself.
-- What figures were at a moment follows from the offsets held then, whatever arrives later and whenever it was made.
create table knowledge (
    topic       text        not null,
    partition   int         not null,
    known_at    timestamptz not null,
    next_offset bigint      not null,
    constraint knowledge_key primary key (topic, partition, known_at)
);

create index knowledge_known_at on knowledge (known_at);

comment on column knowledge.known_at is 'grows with every step, by the clock of this database';

-- Before there was this table: as if each event had been stored when it was made, to the second, in the log's order.
insert into knowledge (topic, partition, known_at, next_offset)
select topic, partition, known_at, max(kafka_offset) + 1
  from (select topic, partition, kafka_offset,
               least(date_trunc('second', max(event_time) over (partition by topic, partition order by kafka_offset))
                       + interval '1 second', now()) as known_at
          from evidence) stored
 group by topic, partition, known_at;
