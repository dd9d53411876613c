-- Rows that came before their school; applied in the transaction that brings it.
create table parked (
  record     text        not null,
  province   text        not null check (province ~ '^[0-9]{2}$'),
  source_id  text        not null,
  school     text        not null,
  body       jsonb       not null,
  cause_kind text        not null,
  cause_id   text        not null,
  actor      text        not null,
  parked_at  timestamptz not null,
  primary key (record, province, source_id)
);
create index parked_by_school on parked (province, school);
