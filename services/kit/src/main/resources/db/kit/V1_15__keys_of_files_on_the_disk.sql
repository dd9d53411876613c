-- While a batch is not at its end its file lies on the service's disk, encrypted under a key of its own. The key is here
-- only as long: what should be left of a file afterwards cannot be read.
alter table batch add column file_key bytea;
comment on column batch.file_key is 'Null when the batch has ended, and for a file that lies there as it was sent.';
