-- Which definition of each figure served since when. Rows are added and never changed.
create table definition_in_force (
    code    text collate "C" not null,
    since   timestamptz not null,
    content bytea       not null,
    constraint definition_in_force_key primary key (code, since)
);

comment on column definition_in_force.content is 'the YAML byte for byte';

create trigger definition_in_force_append_only before update or delete or truncate on definition_in_force
  for each statement execute function audit_append_only();
