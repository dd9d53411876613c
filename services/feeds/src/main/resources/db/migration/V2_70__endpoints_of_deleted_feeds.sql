-- A feed takes its endpoints along when it is deleted; earlier ones have left theirs.
select set_config('voyage.scope', 'all', true);
delete from endpoint where feed in (select id from feed where deleted_at is not null);
