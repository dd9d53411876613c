-- How many records each province is to send to each service about a year: every version as it was sent. Rows are added and
-- never changed; the newest version of a year counts.
create table plan (
    year      int         not null,
    version   int         not null,
    content   bytea       not null,
    lines     int         not null,
    loaded_at timestamptz not null,
    loaded_by text        not null,
    constraint plan_key primary key (year, version),
    constraint plan_version check (version > 0)
);

comment on column plan.content is 'the CSV byte for byte';

create trigger plan_append_only before update or delete or truncate on plan
  for each statement execute function audit_append_only();
