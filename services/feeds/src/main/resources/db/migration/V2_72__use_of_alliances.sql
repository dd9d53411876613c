-- What an alliance has caused by its own commands in the last hour, whichever instance has served it.
create table alliance_use (
    alliance text        not null,
    slot     timestamptz not null,
    scanned  bigint      not null default 0,
    events   bigint      not null default 0,
    constraint alliance_use_key primary key (alliance, slot)
);
comment on column alliance_use.slot is 'begin of the five minutes';
comment on column alliance_use.scanned is 'records that scans of new feeds and changed filters, and previews, have read';
comment on column alliance_use.events is 'events that these scans have stored, and those that replays send again';
select guard_by_alliance('alliance_use');

alter table feed add column stored_bytes bigint not null default 0;
comment on column feed.stored_bytes is 'of the bodies of its kept events, and of the states that its reader holds';
select set_config('voyage.scope', 'all', true);
update feed set stored_bytes = kept.bytes
  from (select id, sum(bytes) as bytes
          from (select feed as id, sum(octet_length(body)) as bytes from feed_event group by feed
                union all
                select feed, sum(octet_length(state)) from feed_record group by feed) parts
         group by id) kept
 where kept.id = feed.id;
