-- What a bureau tried in vain here is its own to read; of the trail each sees what is its province's. As the kit guards
-- the trail of the services of records.
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy by_province on audit_entry for select
  using (province = (select current_setting('voyage.scope', true))
         or (select current_setting('voyage.scope', true)) = 'all');
create policy added on audit_entry for insert with check (true);
