-- Certificates: what recomputing every figure gave, one after the other. Rows are added and never changed.
create table proof (
    number      bigint      not null,
    id          uuid        not null,
    finished_at timestamptz not null,
    verdict     text        not null,
    content     text        not null,
    seal        bytea       not null,
    constraint proof_key primary key (number),
    constraint proof_id unique (id),
    constraint proof_verdict check (verdict in ('proved', 'differs', 'undecided')),
    constraint proof_content check (content is json object),
    constraint proof_seal check (octet_length(seal) = 32)
);

create index proof_decided on proof (number) where verdict in ('proved', 'differs');

comment on column proof.seal is 'SHA-256 over the seal before (32 zero bytes before the first) and content in UTF-8';

-- Append-only for everybody but a superuser, whom the seals are for.
create function proof_append_only() returns trigger language plpgsql as $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;

create trigger proof_append_only before update or delete or truncate on proof
  for each statement execute function proof_append_only();

do $$
declare
  other record;
begin
  for other in
    select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as role
      from pg_class c
     cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
     where c.oid = 'proof'::regclass
     group by 1
  loop
    execute format('revoke update, delete, truncate on proof from %s', other.role);
  end loop;
end $$;
