-- Which members each list had since when. Rows are added and never changed.
create table list_in_force (
    code    text collate "C" not null,
    since   timestamptz not null,
    content bytea       not null,
    constraint list_in_force_key primary key (code, since)
);

comment on column list_in_force.content is
  'UTF-8, a line for each membership: member, first day, first day on which it is over';

create trigger list_in_force_append_only before update or delete or truncate on list_in_force
  for each statement execute function audit_append_only();
