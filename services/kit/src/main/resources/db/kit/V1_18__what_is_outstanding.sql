-- How much of what a bureau sent of one record is no record, as it was told last: a record of the service's own, its key the
-- name of the record.
select create_record_table('outstanding');

-- Single writes that were refused since then, one row each, noted with the refusal. Whoever tells takes them away.
create table refused_write (
  province text not null check (province ~ '^[0-9]{2}$'),
  record   text not null,
  year     int
);
comment on column refused_write.year is 'that it is about; null if it does not say';
select guard_by_province('refused_write');
