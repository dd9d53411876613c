-- An alliance sees its own row only; operators, auditors and the work of the service see all.
alter table alliance enable row level security;
alter table alliance force row level security;
create policy by_alliance on alliance
  using (code = (select nullif(current_setting('voyage.alliance', true), ''))
         or (select current_setting('voyage.scope', true)) = 'all');
