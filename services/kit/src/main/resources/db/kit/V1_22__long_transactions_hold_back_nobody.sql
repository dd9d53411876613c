-- A file that is stored in one transaction (mode=all) may work for minutes. Its events wait in a temporary table of the
-- transaction and draw their positions at its end. So outbox_horizon() stands for that one statement and the commit only.
-- The order of a key holds: the transaction has the key's record locked until then.
create function outbox_defer() returns void language plpgsql as $$
begin
  create temporary table outbox_deferred (
    place     bigint generated always as identity,
    topic     text        not null,
    partition integer     not null,
    key       text        not null,
    event_id  uuid        not null,
    type      text        not null,
    time      timestamptz not null,
    data      text        not null
  ) on commit drop;
end $$;

-- Appends the deferred events in their order and returns the last position of each topic and partition.
create function outbox_append_deferred()
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
      select d.topic, d.partition, d.key, d.event_id, d.type, d.time, d.data from outbox_deferred d order by d.place
      returning outbox.topic, outbox.partition, outbox.position)
    select a.topic, a.partition, max(a.position) from appended a group by a.topic, a.partition;
end $$;

-- record_enter for a dry run, which is rolled back whatever it finds: it locks nothing, so no year and no horizon waits for it.
create function record_look(provinces text[])
  returns table (recorded_at timestamptz, province text, year int)
  language sql volatile as $$
  select now.at, locked.province, locked.year
    from (select clock_timestamp() as at) now
    left join (select y.province, y.source_id::int as year from year_close y
                where y.state = 'locked' and y.province = any (provinces)) locked on true
$$;
