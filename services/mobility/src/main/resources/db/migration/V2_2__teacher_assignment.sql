-- Teachers of one college sent abroad together.
select create_record_table('teacher_assignment');
alter table teacher_assignment
  add column college text not null generated always as (record ->> 'college') stored,
  add column host_country text not null generated always as (record ->> 'hostCountry') stored,
  add column role text not null generated always as (record ->> 'role') stored;
create index teacher_assignment_by_college on teacher_assignment (college, province, source_id);
create index teacher_assignment_by_host_country on teacher_assignment (host_country, province, source_id);
