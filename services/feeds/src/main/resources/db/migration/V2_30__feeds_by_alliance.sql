-- An alliance sees its own feeds and their events only, whatever a statement asks for.
select guard_by_alliance('feed');

create function guard_by_feed(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format($policy$
    create policy by_feed on %s
      using ((select current_setting('voyage.scope', true)) = 'all' or feed in (select id from feed))$policy$, guarded);
end $$;
select guard_by_feed('feed_record');
select guard_by_feed('feed_event');

alter table feed alter column chain set default decode(repeat('00', 32), 'hex');
alter table feed alter column checkpoint_at set default now();

comment on column feed.start_at is 'snapshot or now';
