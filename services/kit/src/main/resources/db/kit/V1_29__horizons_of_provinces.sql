-- Lists by time end at the beginning of the oldest transaction that still writes. A file with mode=all writes for minutes, and the
-- lists of all provinces ended at its beginning. Now a writer names its provinces, and the list of one province heeds its writers only.

-- As before, with the provinces of all records that the transaction writes. The first argument has those whose years it must not
-- find closed.
-- 7303000 + province: the second at which a writer of the province began. 7303: that of a writer that names none.
create function record_enter(provinces text[], writing text[])
  returns table (recorded_at timestamptz, province text, year int)
  language plpgsql volatile as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock_shared(7302, p::int) from unnest(provinces) p order by p;
  if cardinality(writing) = 0 then
    perform pg_advisory_xact_lock_shared(7303, floor(extract(epoch from clock_timestamp()))::int);
  end if;
  perform pg_advisory_xact_lock_shared(7303000 + p::int, floor(extract(epoch from clock_timestamp()))::int)
     from unnest(writing) p order by p;
  return query
    select now.at, locked.province, locked.year
      from (select clock_timestamp() as at) now
      left join (select y.province, y.source_id::int as year from year_close y
                  where y.state = 'locked' and y.province = any (provinces)) locked on true;
end $$;

-- For an instance of the version before: of a record without years it names no province.
create or replace function record_enter(provinces text[])
  returns table (recorded_at timestamptz, province text, year int)
  language sql volatile as $$ select * from record_enter(provinces, provinces) $$;

create function record_enter_together(scope text, keeps_plans boolean, provinces text[], writing text[])
  returns table (recorded_at timestamptz, province text, year int)
  language plpgsql volatile as $$
declare
  said text;
begin
  said := set_config('voyage.scope', scope, true);
  said := set_config('lock_timeout', '250ms', true);
  said := set_config('plan_cache_mode', case when keeps_plans then 'force_generic_plan' else 'force_custom_plan' end, true);
  said := set_config('enable_seqscan', case when keeps_plans then 'off' else 'on' end, true);
  return query select e.recorded_at, e.province, e.year from record_enter(provinces, writing) e;
end $$;

-- Everything that was recorded before this time in these provinces can be read by a statement that begins after it; null: in all.
-- The clock is read before the locks: a writer whose lock is not seen here reads its own clock later.
create function record_horizon(its_province text) returns timestamptz language plpgsql volatile as $$
declare
  at    timestamptz := clock_timestamp();
  began bigint;
begin
  select min(objid::bigint) into began
    from pg_locks
   where locktype = 'advisory' and objsubid = 2
     and (classid = 7303 or classid::bigint between 7303000 + coalesce(its_province::int, 0)
                                               and 7303000 + coalesce(its_province::int, 99))
     and database = (select oid from pg_database where datname = current_database());
  return least(at, to_timestamp(began));
end $$;

create or replace function record_horizon() returns timestamptz language sql volatile as $$ select record_horizon(null) $$;
