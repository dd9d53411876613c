-- Each row of a file is told with where it stands in it and the key of its record. Batches of before have neither.
alter table batch_chunk add column lines bigint[], add column source_ids text[];
comment on column batch_chunk.source_ids is 'Null for a row whose key cannot be read, or would tell who somebody is.';
