create table thing (
  province  text not null,
  source_id text not null,
  name      text not null,
  size      bigint,
  primary key (province, source_id)
);
-- Lets a test make rows fail in the database itself.
alter table thing add constraint no_dragons check (name <> 'dragon');
