-- The newest version of every overseas school. The record is kept as it was sent; the columns that lists, rules and
-- other tables ask for are derived from it by the database itself.
create table overseas_school (
  province     text        not null check (province ~ '^[0-9]{2}$'),
  source_id    text        not null,
  version      integer     not null check (version > 0),
  recorded_at  timestamptz not null,
  cause_kind   text        not null,
  cause_id     text        not null,
  actor        text        not null,
  reason       text,
  record       jsonb       not null,
  status       text        not null generated always as (record ->> 'status') stored,
  brand        text        not null generated always as (record ->> 'brand') stored,
  host_country text        not null generated always as (record ->> 'hostCountry') stored,
  primary key (province, source_id),
  check (status in ('planned', 'open', 'suspended', 'closed')),
  check ((status = 'closed') = (record ? 'closedOn')),
  check (status = 'planned' or record ? 'openedOn')
);
comment on column overseas_school.reason is 'Why it was withdrawn; null while it stands.';
create index overseas_school_by_recorded_at on overseas_school (recorded_at, province, source_id);

-- The versions before the newest.
create table overseas_school_history (
  province     text        not null,
  source_id    text        not null,
  version      integer     not null,
  recorded_at  timestamptz not null,
  cause_kind   text        not null,
  cause_id     text        not null,
  actor        text        not null,
  reason       text,
  record       jsonb       not null,
  primary key (province, source_id, version)
);
