-- When the assigner last found the step that it knows in the database. In a restored database this is long ago.
alter table assigner_state add column compared_at timestamptz not null default '-infinity';
comment on column assigner_state.compared_at is
  'last time at which the assigner compared the database with the witness on Kafka, or with the step that it compared';
