-- Programmes that colleges run with partners abroad.
select create_record_table('cooperative_programme');
alter table cooperative_programme
  add column status  text not null generated always as (record ->> 'status') stored,
  add column scheme  text not null generated always as (record ->> 'scheme') stored,
  add column college text not null generated always as (record ->> 'college') stored,
  add column major   text not null generated always as (record ->> 'major') stored,
  add check (status in ('approved', 'enrolling', 'suspended', 'terminated')),
  add check (status not in ('enrolling', 'suspended') or record ? 'enrollingFrom'),
  add check ((status = 'terminated') = (record ? 'terminatedOn'));
create index cooperative_programme_by_college on cooperative_programme (college);
create index cooperative_programme_by_major on cooperative_programme (major);
