-- Bytes that a province stores in one day of Beijing, over all instances.
create table stored_bytes (
  province text   not null check (province ~ '^[0-9]{2}$'),
  day      date   not null,
  bytes    bigint not null,
  primary key (province, day)
);
select guard_by_province('stored_bytes');

-- Bytes of a file on the disk while its batch has not ended: what is reserved for it, then its size.
alter table batch add column spool_bytes bigint not null default 0;
update batch set spool_bytes = coalesce(file_bytes, 0) where state in ('RECEIVING', 'RUNNING');

-- The audit entries of a file that is processed without its sender name the address that it came from.
alter table batch add column address text;

-- Refused rows are kept for some days, up to a number of bytes in a file and in a province.
alter table batch add column kept_rows bigint not null default 0,
                  add column kept_bytes bigint not null default 0,
                  add column rows_deleted_at timestamptz;
comment on column batch.kept_rows is 'Number of refused rows that are kept, the first ones of the file.';
comment on column batch.rows_deleted_at is 'When the refused rows were deleted, in a dry run the outcomes of all rows, too.';
update batch b set kept_rows = k.n, kept_bytes = k.bytes
  from (select batch_id, province, count(*) as n, sum(octet_length(raw) + octet_length(findings::text)) as bytes
          from batch_refusal group by batch_id, province) k
 where k.batch_id = b.id and k.province = b.province;
create index batch_with_kept_rows on batch (province, finished_at)
  where rows_deleted_at is null and (kept_rows > 0 or dry_run);
