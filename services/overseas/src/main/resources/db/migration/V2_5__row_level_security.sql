-- Every table of records shows and takes rows of the caller's province only.
select guard_by_province('overseas_school');
select guard_by_province('overseas_school_history');
select guard_by_province('overseas_headcount');
select guard_by_province('overseas_headcount_history');
select guard_by_province('overseas_training');
select guard_by_province('overseas_training_history');
