-- Certificates put forward in a country, and what was decided there.
select create_record_table('credential_recognition');
alter table credential_recognition
  add column college  text not null generated always as (record ->> 'college') stored,
  add column country  text not null generated always as (record ->> 'country') stored,
  add column delivery text not null generated always as (record ->> 'delivery') stored,
  add column decision text not null generated always as (record ->> 'decision') stored,
  add check (delivery in ('online', 'cross-border')),
  add check (decision in ('recognised', 'partly-recognised', 'refused'));
create index credential_recognition_by_college on credential_recognition (college);
create index credential_recognition_by_country on credential_recognition (country);
