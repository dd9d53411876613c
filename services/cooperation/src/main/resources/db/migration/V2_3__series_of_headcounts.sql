-- The headcounts of one institution or programme over the years.
alter table cooperative_headcount
  add column series text generated always as (
    coalesce('institution ' || (record ->> 'institution'), 'programme ' || (record ->> 'programme'))) stored;
create index cooperative_headcount_by_series on cooperative_headcount (province, series);
