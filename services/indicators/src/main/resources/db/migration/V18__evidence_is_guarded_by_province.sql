-- Tables with a province are guarded here as the kit guards those of the services of records: a statement sees and writes
-- rows of the scope of its connection only (voyage.scope), which is nothing until somebody says what it is.
do $$
declare
  guarded regclass;
begin
  foreach guarded in array array['evidence', 'submission', 'submission_year', 'year_close']::regclass[]
  loop
    execute format('alter table %s enable row level security', guarded);
    execute format('alter table %s force row level security', guarded);
    execute format($policy$
      create policy by_province on %s
        using (province = any ((select string_to_array(current_setting('voyage.scope', true), ','))::text[])
               or (select current_setting('voyage.scope', true)) = 'all')$policy$, guarded);
  end loop;
end $$;
