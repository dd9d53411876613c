-- What a dry run would change: one line of JSON for each record, as previews of figures take them. Kept for a day.
create table batch_change (
  batch_id uuid        not null,
  province text        not null default current_setting('voyage.scope') check (province ~ '^[0-9]{2}$'),
  place    bigint      generated always as identity,
  line     text        not null,
  kept_at  timestamptz not null default now(),
  primary key (batch_id, place, province),
  foreign key (batch_id, province) references batch (id, province)
);
create index batch_change_by_age on batch_change (kept_at);
select guard_by_province('batch_change');
