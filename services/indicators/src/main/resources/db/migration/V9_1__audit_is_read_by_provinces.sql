-- As the kit guards the trail of the services of records, where a scope may name several provinces.
alter policy by_province on audit_entry
  using (province = any ((select string_to_array(current_setting('voyage.scope', true), ','))::text[])
         or (select current_setting('voyage.scope', true)) = 'all');
