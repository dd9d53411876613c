-- In which region and sub-region each country was since when. Rows are added and never changed.
create table geography_in_force (
    code    text collate "C" not null,
    since   timestamptz not null,
    content bytea       not null,
    constraint geography_in_force_key primary key (code, since)
);

comment on column geography_in_force.content is 'UTF-8, a line for each country: country, region, sub-region';

create trigger geography_in_force_append_only before update or delete or truncate on geography_in_force
  for each statement execute function audit_append_only();
