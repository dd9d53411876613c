-- One transaction may hold writes of several provinces (docs/adr/0017): voyage.scope is then their codes, separated by
-- commas. The digits of one province, 'all' and nothing mean what they meant.

create or replace function guard_by_province(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('drop policy if exists by_province on %s', guarded);
  execute format($policy$
    create policy by_province on %s
      using (province = any ((select string_to_array(current_setting('voyage.scope', true), ','))::text[])
             or (select current_setting('voyage.scope', true)) = 'all')$policy$, guarded);
end $$;

create or replace function guard_reads_by_province(guarded regclass) returns void language plpgsql as $$
begin
  perform guard_by_province(guarded);
  execute format('drop policy by_province on %s', guarded);
  execute format('drop policy if exists added on %s', guarded);
  execute format($policy$
    create policy by_province on %s for select
      using (province = any ((select string_to_array(current_setting('voyage.scope', true), ','))::text[])
             or (select current_setting('voyage.scope', true)) = 'all')$policy$, guarded);
  execute format('create policy added on %s for insert with check (true)', guarded);
end $$;

-- What is guarded by now is guarded so again.
do $$
declare
  guarded record;
begin
  for guarded in
    select polrelid::regclass as its, polcmd = 'r' as only_read from pg_policy where polname = 'by_province'
  loop
    if guarded.only_read then
      perform guard_reads_by_province(guarded.its);
    else
      perform guard_by_province(guarded.its);
    end if;
  end loop;
end $$;
