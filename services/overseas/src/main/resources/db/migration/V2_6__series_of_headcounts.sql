-- The headcounts of one school and major over the years.
alter table overseas_headcount
  add column series text generated always as ((record ->> 'school') || ' ' || (record ->> 'major')) stored;
create index overseas_headcount_by_series on overseas_headcount (province, series);
