-- As record_enter, for a transaction that single writes share: first it says which provinces it sees, how long it waits for any
-- lock, and whether it keeps its plans, for planning is a fifth of what it costs. A statement of its own for each of these, or one
-- for all that has to be planned itself, costs about as much as what they are for.
create function record_enter_together(scope text, keeps_plans boolean, provinces text[])
  returns table (recorded_at timestamptz, province text, year int)
  language plpgsql volatile as $$
declare
  said text;
begin
  said := set_config('voyage.scope', scope, true);
  said := set_config('lock_timeout', '250ms', true);
  said := set_config('plan_cache_mode', case when keeps_plans then 'force_generic_plan' else 'force_custom_plan' end, true);
  said := set_config('enable_seqscan', case when keeps_plans then 'off' else 'on' end, true);
  return query select e.recorded_at, e.province, e.year from record_enter(provinces) e;
end $$;
