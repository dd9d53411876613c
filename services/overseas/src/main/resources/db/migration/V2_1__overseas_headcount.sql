-- The newest version of every headcount of an overseas school.
create table overseas_headcount (
  province     text        not null check (province ~ '^[0-9]{2}$'),
  source_id    text        not null,
  version      integer     not null check (version > 0),
  recorded_at  timestamptz not null,
  cause_kind   text        not null,
  cause_id     text        not null,
  actor        text        not null,
  reason       text,
  record       jsonb       not null,
  school       text        not null generated always as (record ->> 'school') stored,
  primary key (province, source_id),
  foreign key (province, school) references overseas_school (province, source_id)
);
create index overseas_headcount_by_recorded_at on overseas_headcount (recorded_at, province, source_id);
create index overseas_headcount_by_school on overseas_headcount (province, school);

create table overseas_headcount_history (
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
