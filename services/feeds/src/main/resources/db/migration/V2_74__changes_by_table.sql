-- A changed feed concerns that feed alone; all else may concern the scopes of all feeds.
create or replace function notify_feeds_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('feeds_changed', tg_table_name);
    return null;
end $$;
