-- A sender may store exactly the bytes that a dry run has tried. The digest is removed after a day, like the changes of the dry run.
alter table batch add column tried_digest bytea;
comment on column batch.tried_digest is 'SHA-256 of the unpacked file of a dry run; null for other batches, and after a day.';
create index batch_tried_digest on batch (province, finished_at) where tried_digest is not null;
