-- One teacher from abroad at one college.
select create_record_table('foreign_teacher');
alter table foreign_teacher
  add column college text not null generated always as (record ->> 'college') stored,
  add column nationality text not null generated always as (record ->> 'nationality') stored;
create index foreign_teacher_by_college on foreign_teacher (college, province, source_id);
create index foreign_teacher_by_nationality on foreign_teacher (nationality, province, source_id);
