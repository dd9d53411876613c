-- Standards that vocational colleges developed.
select create_record_table('standard');
alter table standard
  add column kind  text not null generated always as (record ->> 'kind') stored,
  add column field text not null generated always as (record ->> 'field') stored,
  add check (kind in ('instruction', 'curriculum', 'occupational'));
