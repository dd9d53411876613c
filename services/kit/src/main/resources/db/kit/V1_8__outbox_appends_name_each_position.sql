-- Writes of several requests may share a transaction; each request's receipt names the position of its own event.

-- Appends events in the order of the arrays and returns their positions in that order: they are drawn in it, so they grow.
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
