-- Wakes the assigner, whoever changes what the scope of a feed depends on.
create function notify_feeds_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('feeds_changed', '');
    return null;
end $$;

create trigger alliance_changed after insert or update or delete on alliance
    for each statement execute function notify_feeds_changed();
create trigger alliance_member_changed after insert or update or delete on alliance_member
    for each statement execute function notify_feeds_changed();
create trigger grant_version_changed after insert or update or delete on grant_version
    for each statement execute function notify_feeds_changed();
create trigger feed_changed after insert or delete or update of filter, deleted_at on feed
    for each statement execute function notify_feeds_changed();
