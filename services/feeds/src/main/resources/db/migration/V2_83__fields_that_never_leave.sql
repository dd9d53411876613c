-- The evidence of a recognition never leaves, and events are read without it.
update record_state set state = state - 'evidence' where record = 'recognition' and state ? 'evidence';
update record_change set state = state - 'evidence'
 where state ? 'evidence' and outside_id in (select outside_id from record_state where record = 'recognition');
