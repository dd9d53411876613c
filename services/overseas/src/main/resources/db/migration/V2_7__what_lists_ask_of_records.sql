-- How the answers to a list's filters are distributed that are read from the record itself. Without it PostgreSQL thinks
-- that few records are left, reads all of a province and sorts them for a page of a hundred.
create statistics overseas_training_started_on on (record ->> 'startedOn') from overseas_training;
create statistics overseas_school_tier on (record ->> 'tier') from overseas_school;
create statistics overseas_school_form on (record ->> 'form') from overseas_school;
create statistics overseas_headcount_year on ((record ->> 'year')::int) from overseas_headcount;
create statistics overseas_headcount_major on (record ->> 'major') from overseas_headcount;
