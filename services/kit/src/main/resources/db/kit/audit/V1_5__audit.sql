-- The audit trail: who did what, when, from where, and a chain of hashes over it that tells whether it was touched.
--
-- Entries are inserted unchained, so writers never wait for each other; a sealer chains them once they are settled.
-- Positions do not become visible in their order (docs/adr/0001): audit_horizon() tells how far they are settled.

create sequence audit_position as bigint minvalue 0 start 0 cache 1;
-- From here on last_value is always a position already drawn.
select nextval('audit_position');

create table audit_entry (
  position   bigint      primary key,
  at         timestamptz not null,
  action     text        not null,
  outcome    text        not null,
  record     text,
  -- Whose it is; null for what is of no province.
  province   text,
  object     text,
  actor      text        not null,
  roles      text        not null,
  address    text,
  request_id text        not null,
  details    text        not null check (details is json object)
);

-- The list of a thousand changed keys is stored as it is: compressing it costs more than the rest of the insert.
alter table audit_entry alter column details set storage external;

create index audit_entry_by_province on audit_entry (province, position);
create index audit_entry_by_object on audit_entry (object, position) where object is not null;
create index audit_entry_by_actor on audit_entry (actor, position);
create index audit_entry_personal on audit_entry (position) where action like 'personal-%';
create index audit_entry_by_time on audit_entry using brin (at);

-- hash = SHA-256(hash of the seal before, canonical bytes of the entry): see AuditedEntry.
create table audit_seal (
  position bigint primary key,
  hash     bytea  not null check (octet_length(hash) = 32)
);

-- Position and time are the database's, whatever the writer says. The shared lock is taken before the position is
-- drawn and held until the transaction ends; it says "everything above this number may still be mine". Its key is
-- the lower half of the number, next to 7305, which nothing else uses.
create function audit_entry_placed() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('voyage.audit_entered', true), '') = '' then
    perform pg_advisory_xact_lock_shared(7305, (last_value & 4294967295)::bit(32)::int) from audit_position;
    perform set_config('voyage.audit_entered', 'yes', true);
  end if;
  new.position := nextval('audit_position');
  new.at := clock_timestamp();
  return new;
end $$;

create trigger audit_entry_placed before insert on audit_entry
  for each row execute function audit_entry_placed();

-- The highest position up to which no further entry can appear. The order of the two looks matters: a writer that
-- takes its lock after the second one draws positions above what the first one read. A lock that seems more than
-- 2^31 behind was taken between the two and is ahead.
create function audit_horizon() returns bigint language plpgsql volatile as $$
declare
  drawn  bigint;
  behind bigint;
begin
  select last_value into drawn from audit_position;
  select max(b) into behind
    from (select (drawn - objid::bigint) & 4294967295 as b from pg_locks
           where locktype = 'advisory' and mode = 'ShareLock' and objsubid = 2 and classid = 7305
             and database = (select oid from pg_database where datname = current_database())) held
   where b < 2147483648;
  return drawn - coalesce(behind, 0);
end $$;

-- Append-only for everybody but a superuser, whom the chain is for.
create function audit_append_only() returns trigger language plpgsql as $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;

create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function audit_append_only();
create trigger audit_seal_append_only before update or delete or truncate on audit_seal
  for each statement execute function audit_append_only();

-- Nobody is granted more than reading and inserting: not the owner, and no role that default privileges gave more.
do $$
declare
  granted record;
begin
  for granted in
    select c.oid::regclass as tab, case a.grantee when 0 then 'public' else a.grantee::regrole::text end as who
      from pg_class c
     cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
     where c.oid in ('audit_entry'::regclass, 'audit_seal'::regclass)
     group by 1, 2
  loop
    execute format('revoke update, delete, truncate on %s from %s', granted.tab, granted.who);
  end loop;
end $$;
