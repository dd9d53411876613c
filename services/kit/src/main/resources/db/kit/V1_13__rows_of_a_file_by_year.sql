-- What became of the rows of a file by the year that they are about; year 0 stands for rows of which it cannot be read.
create table batch_year (
  batch_id uuid   not null,
  province text   not null default current_setting('voyage.scope') check (province ~ '^[0-9]{2}$'),
  year     int    not null,
  received bigint not null,
  parked   bigint not null,
  refused  bigint not null,
  primary key (batch_id, year, province),
  foreign key (batch_id, province) references batch (id, province)
);
comment on column batch_year.received is 'Rows that are records now: created, corrected, unchanged, withdrawn.';
select guard_by_province('batch_year');
