-- Students of one institution or programme in one year.
select create_record_table('cooperative_headcount');
alter table cooperative_headcount
  add column institution text generated always as (record ->> 'institution') stored,
  add column programme   text generated always as (record ->> 'programme') stored,
  add column year        int not null generated always as ((record ->> 'year')::int) stored,
  add foreign key (province, institution) references cooperative_institution (province, source_id),
  add foreign key (province, programme) references cooperative_programme (province, source_id),
  add check ((institution is null) <> (programme is null));
create index cooperative_headcount_by_institution on cooperative_headcount (province, institution);
create index cooperative_headcount_by_programme on cooperative_headcount (province, programme);
