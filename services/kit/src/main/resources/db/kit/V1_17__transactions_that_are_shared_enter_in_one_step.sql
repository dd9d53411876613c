-- As record_enter, for the transactions of the line of all single writes: first it says which provinces they see, how long they wait
-- for any lock, and whether they keep their plans, for planning is a fifth of what such a transaction costs. Who calls it has one
-- small statement to plan, instead of one for the provinces and a larger one for the rest.
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
