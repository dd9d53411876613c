-- The lease of a reader as the kit knows it (db/kit-log): each holder after another has a larger epoch.
alter table reader_lease add column epoch bigint not null default 1;

comment on column reader_lease.epoch is 'grows with each other holder; a former holder stores nothing more';
