-- The service does not write down which migrations have run.
do $$
declare
  other record;
begin
  for other in
    select distinct grantee::regrole as role from pg_class, aclexplode(relacl)
     where oid = to_regclass('flyway_schema_history') and grantee not in (relowner, 0)
  loop
    execute format('revoke all on flyway_schema_history from %s', other.role);
  end loop;
end $$;
