-- Where each standard was adopted.
select create_record_table('recognition');
alter table recognition
  add column standard text not null generated always as (record ->> 'standard') stored,
  add column country  text not null generated always as (record ->> 'country') stored,
  add column level    text not null generated always as (record ->> 'level') stored,
  add foreign key (province, standard) references standard (province, source_id),
  add check (level in ('adopted-by-school', 'registered-by-authority', 'certified'));
create index recognition_by_standard on recognition (province, standard);
create index recognition_by_country on recognition (country);
