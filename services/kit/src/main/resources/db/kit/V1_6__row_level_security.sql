-- A statement sees and writes rows of the scope of its connection only: voyage.scope is the two digits of a province,
-- 'all', or nothing, which is also what a connection begins with. See org.voyage.kit.access.
--
-- Migrations run as the owner, for whom the policies hold too (force); its sessions begin with the scope 'all'.

-- Guards a table that has a column province; called by the migration that creates it. Calling it again changes nothing.
-- The setting is looked up once per statement, not once per row.
create function guard_by_province(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('drop policy if exists by_province on %s', guarded);
  execute format($policy$
    create policy by_province on %s
      using (province = (select current_setting('voyage.scope', true))
             or (select current_setting('voyage.scope', true)) = 'all')$policy$, guarded);
end $$;

-- Guards a table that is only added to, and that also takes what a province tried on another's, or nobody's: everybody
-- adds to it, each sees what is its own.
create function guard_reads_by_province(guarded regclass) returns void language plpgsql as $$
begin
  perform guard_by_province(guarded);
  execute format('drop policy by_province on %s', guarded);
  execute format($policy$
    create policy by_province on %s for select
      using (province = (select current_setting('voyage.scope', true))
             or (select current_setting('voyage.scope', true)) = 'all')$policy$, guarded);
  execute format('create policy added on %s for insert with check (true)', guarded);
end $$;

-- The tables of a type of record are guarded from their beginning.
alter function create_record_table(text) rename to create_unguarded_record_table;
create function create_record_table(name text) returns void language plpgsql as $$
begin
  perform create_unguarded_record_table(name);
  perform guard_by_province(name::regclass);
  perform guard_by_province((name || '_history')::regclass);
end $$;

-- The outcomes of a batch get the province of their batch, and every key of it names the province.
-- Rows are written by the bureau itself, under its own scope.
create function keyed_with_province(keyed regclass, dropped text) returns text language sql as $$
  select format('alter table %s add %s (%s, province)', keyed,
           case contype when 'p' then 'primary key' else 'unique' end,
           (select string_agg(quote_ident(attname), ', ' order by place)
              from unnest(conkey) with ordinality k (number, place)
              join pg_attribute on attrelid = keyed and attnum = k.number))
    from pg_constraint where conrelid = keyed and conname = dropped
$$;

do $$
declare
  hanging record;
  key     record;
  added   text;
begin
  for hanging in
    select conrelid::regclass as its, conname from pg_constraint
     where contype = 'f' and confrelid = 'batch'::regclass and conrelid <> 'batch'::regclass
  loop
    execute format('alter table %s drop constraint %I', hanging.its, hanging.conname);
    execute format('alter table %s add column if not exists province text', hanging.its);
    execute format('update %1$s h set province = b.province from batch b where b.id = h.batch_id', hanging.its);
    execute format('alter table %s alter column province set not null', hanging.its);
    execute format($sql$alter table %s alter column province set default current_setting('voyage.scope')$sql$,
                   hanging.its);
    for key in select conname from pg_constraint where conrelid = hanging.its and contype in ('p', 'u') loop
      added := keyed_with_province(hanging.its, key.conname);
      execute format('alter table %s drop constraint %I', hanging.its, key.conname);
      execute added;
    end loop;
  end loop;

  alter table batch drop constraint batch_pkey, add primary key (id, province);

  for hanging in
    select attrelid::regclass as its from pg_attribute join pg_class on pg_class.oid = attrelid
     where attname = 'batch_id' and relkind = 'r' and relnamespace = 'public'::regnamespace
       and exists (select from pg_attribute p where p.attrelid = pg_class.oid and p.attname = 'province')
  loop
    execute format('alter table %s add foreign key (batch_id, province) references batch (id, province)', hanging.its);
  end loop;
end $$;
drop function keyed_with_province;
alter table batch add check (province ~ '^[0-9]{2}$');

-- What is there by now; later tables are guarded by the migration that creates them.
select guard_by_province(attrelid) from pg_attribute join pg_class on pg_class.oid = attrelid
 where attname = 'province' and not attisdropped and relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
   and relname <> 'audit_entry';
select guard_reads_by_province('audit_entry');

-- Partitions come and go at run time. The application owns nothing, so it asks for them; the functions act as the owner,
-- on the outbox only.
create function outbox_add_partition(its_day date) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  execute format('create table if not exists public.%I partition of public.outbox for values from (%L) to (%L)',
                 'outbox_' || to_char(its_day, 'YYYYMMDD'), its_day, its_day + 1);
end $$;

-- Drops a day whose events are all published; says whether it did.
create function outbox_drop_partition(its_day date) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  its  text := 'outbox_' || to_char(its_day, 'YYYYMMDD');
  kept boolean;
begin
  if its_day >= current_date or not exists (
      select from pg_inherits where inhparent = 'public.outbox'::regclass and inhrelid = to_regclass('public.' || its)) then
    return false;
  end if;
  execute format('select exists (select from public.%1$I o, public.outbox_relay r where o.position > r.position)
                      or exists (select from public.%1$I o join public.outbox_stopped s using (topic, key)
                                  where o.position >= s.position)', its) into kept;
  if not kept then
    execute format('drop table public.%I', its);
  end if;
  return not kept;
end $$;

-- The application does not write down which migrations have run.
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
