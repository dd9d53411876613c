-- How records are written: the door through which each writer goes, the tables of a type of record, closed years, and
-- rows that wait for what they belong to.

-- Makes the two tables of a type of record: the newest version of each, and in _history the ones before. The record
-- is kept as it was sent; what lists, rules and other tables ask for is derived from it by generated columns, which the
-- service adds.
create function create_record_table(name text) returns void language plpgsql as $$
begin
  execute format($ddl$
    create table %1$I (
      province     text        not null check (province ~ '^[0-9]{2}$'),
      source_id    text        not null,
      version      integer     not null check (version > 0),
      recorded_at  timestamptz not null,
      cause_kind   text        not null,
      cause_id     text        not null,
      actor        text        not null,
      reason       text,
      moved_to     text        check (moved_to is null or reason is not null),
      record       jsonb       not null,
      primary key (province, source_id)
    )$ddl$, name);
  execute format('create index %1$I on %2$I (recorded_at, province, source_id)', name || '_by_recorded_at', name);
  execute format('comment on column %1$I.reason is %2$L', name, 'Why it was withdrawn; null while it stands.');
  execute format('comment on column %1$I.moved_to is %2$L', name, 'source_id under which it goes on.');
  execute format($ddl$
    create table %1$I (
      province     text        not null,
      source_id    text        not null,
      version      integer     not null,
      recorded_at  timestamptz not null,
      cause_kind   text        not null,
      cause_id     text        not null,
      actor        text        not null,
      reason       text,
      moved_to     text,
      record       jsonb       not null,
      primary key (province, source_id, version)
    )$ddl$, name || '_history');
end $$;

-- What a year of this service is for a province: a record like any other, its key the year.
select create_record_table('year_close');
alter table year_close
  add column state text not null generated always as (record ->> 'state') stored,
  add check (source_id ~ '^[0-9]{4}$'),
  add check (state in ('open', 'submitted', 'accepted', 'locked'));
create index year_close_locked on year_close (province) where state = 'locked';

-- Rows that came before what they belong to; tried again in each transaction that brings or changes it.
create table parked_row (
  record        text        not null,
  province      text        not null check (province ~ '^[0-9]{2}$'),
  source_id     text        not null,
  parent_record text        not null,
  parent        text        not null,
  body          jsonb       not null,
  cause_kind    text        not null,
  cause_id      text        not null,
  actor         text        not null,
  parked_at     timestamptz not null,
  findings      jsonb       not null,
  primary key (record, province, source_id)
);
create index parked_row_by_parent on parked_row (province, parent_record, parent);
comment on column parked_row.findings is 'Why it could not be applied when its parent had come; [] while it only waits.';

-- Said once by each transaction before it locks records.
-- 7302: nobody locks a year of these provinces until it ends; who does waits for it (exclusive).
-- 7303: the second at which it began. It is taken before the clock is read for good, so whatever the transaction
--       records lies at or after that second, and record_horizon() does not pass it while the lock is held.
create function record_enter(provinces text[])
  returns table (recorded_at timestamptz, province text, year int)
  language plpgsql volatile as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock_shared(7302, p::int) from unnest(provinces) p order by p;
  perform pg_advisory_xact_lock_shared(7303, floor(extract(epoch from clock_timestamp()))::int);
  return query
    select now.at, locked.province, locked.year
      from (select clock_timestamp() as at) now
      left join (select y.province, y.source_id::int as year from year_close y
                  where y.state = 'locked' and y.province = any (provinces)) locked on true;
end $$;

-- Everything recorded before this moment can be read by a statement that begins after it. The clock is read before
-- the locks: a writer whose lock is not seen here reads its own clock later.
create function record_horizon() returns timestamptz language plpgsql volatile as $$
declare
  at    timestamptz := clock_timestamp();
  began bigint;
begin
  select min(objid::bigint) into began
    from pg_locks
   where locktype = 'advisory' and classid = 7303 and objsubid = 2
     and database = (select oid from pg_database where datname = current_database());
  return least(at, to_timestamp(began));
end $$;
