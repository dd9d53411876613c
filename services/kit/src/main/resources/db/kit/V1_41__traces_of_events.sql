-- Span of the request that made the event (W3C traceparent); null without a trace.
alter table outbox add column traceparent text;

-- As the function without traceparents, which instances of the last release call, and all for events without traces.
create function outbox_append_each(
  topics text[], partitions integer[], keys text[], ids uuid[], types text[], times timestamptz[], datas text[],
  traceparents text[])
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
    insert into outbox (topic, partition, key, event_id, type, time, data, traceparent)
    select * from unnest(topics, partitions, keys, ids, types, times, datas, traceparents)
    returning position)
  select array_agg(position order by position) into positions from appended;
  return positions;
end $$;
