-- A connection also has the alliance of its caller: voyage.alliance is the code of the alliance, or nothing, which is
-- also what a connection begins with. An alliance has no province, so it sees none of the rows that are guarded by
-- province. See org.voyage.kit.access.

-- Guards a table that has a column alliance: an alliance sees and writes its own rows, operators and auditors (scope
-- 'all') those of every alliance. Called by the migration that creates the table; calling it again changes nothing.
create or replace function guard_by_alliance(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('drop policy if exists by_alliance on %s', guarded);
  execute format($policy$
    create policy by_alliance on %s
      using (alliance = (select nullif(current_setting('voyage.alliance', true), ''))
             or (select current_setting('voyage.scope', true)) = 'all')$policy$, guarded);
end $$;
