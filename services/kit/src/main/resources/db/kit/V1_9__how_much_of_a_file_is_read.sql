-- How long the file of a batch is, unpacked, and how much of it is behind.
alter table batch add column file_bytes bigint;
alter table batch add column bytes_read bigint not null default 0;
comment on column batch.file_bytes is 'Null until the file is here whole.';
