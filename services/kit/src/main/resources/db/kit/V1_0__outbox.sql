-- The service's own events, written in the transaction that changes the record, and the history of its feed.
--
-- Positions are drawn while the record is locked, so they grow along every key. They do not become visible in
-- that order: a writer that drew 7 may commit after the writer that drew 9. A reader that remembers only "9 seen"
-- would lose 7 for ever; outbox_horizon() tells how far every position is settled.

create sequence outbox_position as bigint minvalue 0 start 0 cache 1;
-- From here on last_value is always a position already drawn.
select nextval('outbox_position');

create table outbox (
  position    bigint      not null default nextval('outbox_position'),
  appended_on date        not null default current_date,
  topic       text        not null,
  partition   integer     not null,
  key         text        not null,
  event_id    uuid        not null,
  type        text        not null,
  time        timestamptz not null,
  data        text        not null
) partition by range (appended_on);

create index outbox_by_position on outbox (position);
create index outbox_by_partition on outbox (topic, partition, position);

-- Appends events in the order of the arrays and returns the highest position per topic and partition.
-- The lock, taken before the first position is drawn and held until the transaction ends, says to outbox_horizon():
-- "everything above this number may still be mine". It is shared: writers never wait for each other.
create function outbox_append(
  topics text[], partitions integer[], keys text[], ids uuid[], types text[], times timestamptz[], datas text[])
  returns table (topic text, partition integer, "position" bigint)
  language plpgsql as $$
#variable_conflict use_column
begin
  if coalesce(current_setting('voyage.outbox_entered', true), '') = '' then
    perform pg_advisory_xact_lock_shared(last_value) from outbox_position;
    perform set_config('voyage.outbox_entered', 'yes', true);
  end if;
  return query
    with appended as (
      insert into outbox (topic, partition, key, event_id, type, time, data)
      select * from unnest(topics, partitions, keys, ids, types, times, datas)
      returning outbox.topic, outbox.partition, outbox.position)
    select a.topic, a.partition, max(a.position) from appended a group by a.topic, a.partition;
end $$;

-- The highest position up to which no further row can appear. The order of the two looks matters: a writer that
-- takes its lock after the second one draws positions above what the first one read.
create function outbox_horizon() returns bigint language plpgsql volatile as $$
declare
  drawn bigint;
  held  bigint;
begin
  select last_value into drawn from outbox_position;
  select min((classid::bigint << 32) | objid::bigint) into held
    from pg_locks
   where locktype = 'advisory' and mode = 'ShareLock' and objsubid = 1
     and database = (select oid from pg_database where datname = current_database());
  return least(drawn, held);
end $$;

-- One relay at a time: whoever holds the lease moves the cursor, and only under the epoch it got with the lease.
create table outbox_relay (
  only_row     boolean     primary key default true check (only_row),
  position     bigint      not null default 0,
  day          date        not null default '-infinity',
  holder       text,
  epoch        bigint      not null default 0,
  leased_until timestamptz not null default '-infinity'
);
insert into outbox_relay default values;

-- Keys that stand still because one of their events could not be published: first event not published, and why.
create table outbox_stopped (
  topic      text        not null,
  key        text        not null,
  position   bigint      not null,
  reason     text        not null,
  attempts   integer     not null default 1,
  since      timestamptz not null default now(),
  primary key (topic, key)
);
