-- One student from abroad at one college.
select create_record_table('inbound_enrolment');
alter table inbound_enrolment
  add column college text not null generated always as (record ->> 'college') stored,
  add column nationality text not null generated always as (record ->> 'nationality') stored,
  add column level text not null generated always as (record ->> 'level') stored,
  add column category text not null generated always as (record ->> 'category') stored,
  add column outcome text not null generated always as (record ->> 'outcome') stored;
create index inbound_enrolment_by_college on inbound_enrolment (college, province, source_id);
create index inbound_enrolment_by_nationality on inbound_enrolment (nationality, province, source_id);
