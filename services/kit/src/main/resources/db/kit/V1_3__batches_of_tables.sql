-- Spreadsheets and other encodings, files that go on after a crash, causes of refusals, details of rows.

alter table batch drop constraint batch_format_check;
alter table batch add constraint batch_format_check check (format in ('NDJSON', 'CSV', 'XLSX'));
alter table batch drop constraint batch_state_check;
alter table batch add constraint batch_state_check
  check (state in ('RECEIVING', 'RUNNING', 'DONE', 'FAILED', 'INTERRUPTED'));
alter table batch add charset text;
alter table batch add warned bigint not null default 0;
drop index batch_running;
create index batch_unfinished on batch (touched_at) where state in ('RECEIVING', 'RUNNING');

-- Findings of rows collapsed to what causes them, counted exactly while the rows are handled.
create table batch_cause (
  batch_id   uuid    not null references batch,
  refuses    boolean not null,
  rule       text    not null,
  pointer    text    not null,
  value      text    not null,
  row_count  bigint  not null,
  first_row  bigint  not null,
  source_id  text,
  detail     text    not null,
  detail_zh  text    not null,
  primary key (batch_id, refuses, rule, pointer, value)
);

-- Rows that are stored and have more to say than a letter: what would change (dry run), warnings.
create table batch_detail (
  batch_id   uuid    not null references batch,
  row_number bigint  not null,
  changes    json    not null,
  warnings   json    not null,
  primary key (batch_id, row_number)
);
