-- Files of records that were posted, what became of every row, and the rows that were refused.

create table batch (
  id            uuid        primary key,
  province      text        not null,
  record        text        not null,
  format        text        not null check (format in ('NDJSON', 'CSV')),
  mode          text        not null check (mode in ('ROWS', 'ALL')),
  dry_run       boolean     not null,
  actor         text        not null,
  request_id    text        not null,
  instance      text        not null,
  header        text,
  bom           boolean     not null,
  state         text        not null check (state in ('RUNNING', 'DONE', 'FAILED', 'INTERRUPTED')),
  failure       text,
  rows_read     bigint      not null default 0,
  created       bigint      not null default 0,
  corrected     bigint      not null default 0,
  unchanged     bigint      not null default 0,
  withdrawn     bigint      not null default 0,
  parked        bigint      not null default 0,
  refused       bigint      not null default 0,
  receipt       text        not null default '',
  started_at    timestamptz not null,
  touched_at    timestamptz not null,
  finished_at   timestamptz
);
create index batch_newest_of_province on batch (province, started_at desc, id desc);
create index batch_newest on batch (started_at desc, id desc);
create index batch_running on batch (touched_at) where state = 'RUNNING';

-- One letter per row, written in the transaction that stored the rows: what is here is durable, what is not is not.
-- C created, U corrected, = unchanged, W withdrawn, P parked, R refused.
create table batch_chunk (
  batch_id   uuid    not null references batch,
  first_row  bigint  not null,
  outcomes   text    not null,
  primary key (batch_id, first_row)
);

create table batch_refusal (
  batch_id   uuid    not null references batch,
  row_number bigint  not null,
  line       bigint  not null,
  raw        text    not null,
  whole      boolean not null,
  findings   jsonb   not null,
  primary key (batch_id, row_number)
);
