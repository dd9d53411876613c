-- Headings that a bureau has mapped to fields of a record, or that it does not want to be read.
create table column_mapping (
  province    text        not null check (province ~ '^[0-9]{2}$'),
  record      text        not null,
  columns     text        not null,
  actor       text        not null,
  changed_at  timestamptz not null,
  primary key (province, record)
);
comment on column column_mapping.columns is 'JSON: a list of headings with their field, null for a column that is not read.';
select guard_by_province('column_mapping');

-- A file keeps the mapping with which it was read, because the bureau may change it while the file is processed.
alter table batch add column column_mapping text;
alter table batch add column file_columns text;
alter table batch add column file_name text;
comment on column batch.column_mapping is 'Mapping at the time of the upload, like column_mapping.columns; null without one.';
comment on column batch.file_columns is 'JSON: how each column was read. Headings that may name a person are null.';
comment on column batch.file_name is 'Name that the sender gave the file; null if it may name a person.';
