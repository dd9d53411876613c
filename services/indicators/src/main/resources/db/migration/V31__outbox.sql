-- The outbox of the kit and the values that were published last. Flyway takes V1_0 of db/kit and V1 of this service for one
-- version, so the part of the outbox that a service without files uses stands here again.

-- Positions are drawn while the record is locked, so they grow along every key. They do not become visible in
-- that order: a writer that drew 7 may commit after the writer that drew 9. A reader that remembers only "9 seen"
-- would lose 7; outbox_horizon() tells how far every position is settled.

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

-- Appends events in the order of the arrays and returns their positions in that order: they are drawn in it, so they grow.
-- The lock, taken before the first position is drawn and held until the transaction ends, says to outbox_horizon():
-- "everything above this number may still be mine". It is shared: writers never wait for each other.
create function outbox_append_each(
  topics text[], partitions integer[], keys text[], ids uuid[], types text[], times timestamptz[], datas text[])
  returns bigint[]
  language plpgsql as $$
declare
  positions bigint[];
begin
  if coalesce(current_setting('voyage.outbox_entered', true), '') = '' then
    perform pg_advisory_xact_lock_shared(last_value) from outbox_position;
    perform set_config('voyage.outbox_entered', 'yes', true);
  end if;
  with appended as (
    insert into outbox (topic, partition, key, event_id, type, time, data)
    select * from unnest(topics, partitions, keys, ids, types, times, datas)
    returning position)
  select array_agg(position order by position) into positions from appended;
  return positions;
end $$;

-- Epochs of the service's log. A restored database draws version numbers and positions again that Kafka holds with other
-- contents, and a restored Kafka lacks events that the database has sent. Each such discovery begins a new epoch: readers
-- order the versions of a record by epoch and version, so no pair of both means two contents.

create table log_epoch (
  -- Readers keep epoch and version in one number: see VersionOrder of indicators.
  epoch         integer     primary key check (epoch between 0 and 500),
  reason        text        not null check (reason in ('first', 'database-behind', 'log-behind', 'both-behind')),
  began_at      timestamptz not null default clock_timestamp(),
  -- Every event that was appended after the beginning of the epoch has a larger position.
  from_position bigint      not null,
  republished   bigint      not null default 0,
  withdrawn     bigint      not null default 0,
  repaired_at   timestamptz
);
insert into log_epoch (epoch, reason, from_position, repaired_at) values (0, 'first', 0, clock_timestamp());

-- Last events of Kafka that the database did not know when an epoch began: they are no discovery a second time.
create table log_epoch_tail (
  position bigint not null,
  event_id text   not null,
  epoch    integer not null references log_epoch,
  primary key (position, event_id)
);

-- Epoch of the event; null for the epoch in which the relay sends it.
alter table outbox add column epoch integer;

-- Raises the sequence of positions over a number and returns a position above it. It draws them one by one: a setval
-- would return positions that a concurrent writer has drawn.
create function outbox_raise_position(at_least bigint) returns bigint language sql volatile as $$
  select max(nextval('outbox_position'))
    from outbox_position s, generate_series(0, greatest(at_least - s.last_value, 0))
$$;

-- Partitions come and go at run time. The application owns nothing, so it asks for them; the functions act as the owner,
-- on the outbox only.
create function outbox_add_partition(its_day date) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  execute format('create table if not exists public.%I partition of public.outbox for values from (%L) to (%L)',
                 'outbox_' || to_char(its_day, 'YYYYMMDD'), its_day, its_day + 1);
end $$;

-- Drops a day whose events are all published; says whether it did.
create function outbox_drop_partition(its_day date) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  its  text := 'outbox_' || to_char(its_day, 'YYYYMMDD');
  kept boolean;
begin
  if its_day >= current_date or not exists (
      select from pg_inherits where inhparent = 'public.outbox'::regclass and inhrelid = to_regclass('public.' || its)) then
    return false;
  end if;
  execute format('select exists (select from public.%1$I o, public.outbox_relay r where o.position > r.position)
                      or exists (select from public.%1$I o join public.outbox_stopped s using (topic, key)
                                  where o.position >= s.position)', its) into kept;
  if not kept then
    execute format('drop table public.%I', its);
  end if;
  return not kept;
end $$;

-- Values that readers outside were last shown, by figure and year. The next value is compared with them.
create table outside_value (
  source_id text    primary key,
  version   integer not null,
  state     jsonb
);
comment on column outside_value.source_id is 'code of the figure, a dot, the year';
comment on column outside_value.version is 'grows by one with each change';
comment on column outside_value.state is 'as in the event; null when it is withdrawn';

-- Log position of the values of each figure: an instance that has read less publishes nothing.
create table outside_value_position (
  figure   text  primary key,
  position jsonb not null
);
