-- How often the work on a batch was begun since it last stored a chunk. A batch that has used up its attempts fails.
alter table batch add column attempts int not null default 0;
