-- Where an alliance wants the events of a feed posted.
create table endpoint (
    id            text        primary key,
    feed          text        not null references feed on delete cascade,
    alliance      text        not null,
    url           text        not null,
    batch         boolean     not null,
    status        text        not null check (status in ('unproved', 'enabled', 'disabled')),
    reason        text        check (reason in ('alliance', 'down', 'gone')),
    status_since  timestamptz not null,
    version       int         not null default 1,
    challenged_at timestamptz,
    created_at    timestamptz not null,
    created_by    text        not null
);
create index endpoint_of_feed on endpoint (feed);
create index endpoint_of_alliance on endpoint (alliance);

comment on column endpoint.reason is 'why it is disabled; null otherwise';
comment on column endpoint.challenged_at is 'last challenge or test event, whose rate is bounded';

-- What signs the webhooks of an endpoint; several while one is replaced.
create table endpoint_secret (
    endpoint   text        not null references endpoint on delete cascade,
    kid        text        not null,
    algorithm  text        not null check (algorithm in ('hmac', 'ed25519')),
    public_key text,
    secret     bytea       not null,
    created_at timestamptz not null,
    ends_at    timestamptz,
    constraint endpoint_secret_key primary key (endpoint, kid)
);

comment on column endpoint_secret.public_key is 'of Ed25519: whpk_ and Base64';
comment on column endpoint_secret.secret is 'encrypted with the key ring; bound to alliance, endpoint and kid';

-- How far the deliveries to an endpoint are. Written only by the instance that holds the lease, in its epoch.
create table delivery (
    endpoint       text        primary key references endpoint on delete cascade,
    low_epoch      int         not null,
    low_sequence   bigint      not null,
    done_above     text[]      not null default '{}',
    batch          text[],
    batch_refusals int         not null default 0,
    batch_next_try timestamptz,
    down_cause     text        check (down_cause in ('UNAVAILABLE', 'REFUSALS')),
    down_since     timestamptz,
    next_probe_at  timestamptz,
    probe_failures int         not null default 0,
    is_announced   boolean     not null default false,
    expiry_warned_for text,
    leased_by      text,
    leased_until   timestamptz not null default '-infinity',
    lease_epoch    bigint      not null default 0,
    noted_at       timestamptz
);

comment on column delivery.low_sequence is 'every event up to it is accepted, set aside, or in held_event';
comment on column delivery.done_above is 'positions after the mark of which the same holds';
comment on column delivery.batch is 'composition of the batch that is not done: the same at each try';
comment on column delivery.expiry_warned_for is 'low-water mark for which the coming expiry was announced';

-- Events that were refused, and the later ones of their records.
create table held_event (
    endpoint    text        not null references endpoint on delete cascade,
    epoch       int         not null,
    sequence    bigint      not null,
    order_key   text        not null,
    refusals    int         not null,
    next_try_at timestamptz,
    constraint held_event_key primary key (endpoint, epoch, sequence)
);

-- Events whose record went on without them.
create table undelivered_event (
    endpoint     text        not null references endpoint on delete cascade,
    epoch        int         not null,
    sequence     bigint      not null,
    tries        int         not null,
    status       int         not null,
    set_aside_at timestamptz not null,
    constraint undelivered_event_key primary key (endpoint, epoch, sequence)
);

-- What was sent: a row for each failed request, and one for the accepted ones between two notes.
create table delivery_attempt (
    endpoint   text        not null references endpoint on delete cascade,
    id         bigint      not null,
    time       timestamptz not null,
    first      text        not null,
    last       text        not null,
    events     int         not null,
    outcome    text        not null,
    status     int         not null,
    failure    text,
    millis     bigint      not null,
    excerpt    text        not null,
    next_try_at timestamptz,
    constraint delivery_attempt_key primary key (endpoint, id)
);
create index delivery_attempt_failed on delivery_attempt (endpoint, id desc) where outcome <> 'accepted';
create index delivery_attempt_time on delivery_attempt (time);

comment on column delivery_attempt.id is 'counts the attempts of one endpoint: a number over all would show what others get';
comment on column delivery_attempt.excerpt is 'begin of the reply; foreign text, for the alliance alone';

-- Events that an alliance wants once more.
create table replay (
    endpoint    text        not null references endpoint on delete cascade,
    id          text        not null,
    kind        text        not null check (kind in ('events', 'range', 'undelivered')),
    positions   text[],
    first       text,
    last        text,
    done_to     text,
    total       bigint,
    delivered   bigint      not null default 0,
    refused     bigint      not null default 0,
    status      text        not null check (status in ('running', 'done')),
    created_at  timestamptz not null,
    finished_at timestamptz,
    constraint replay_key primary key (endpoint, id)
);

comment on column replay.done_to is 'every event up to it is done; null before the first';

-- What an alliance is to know of its deliveries.
create table delivery_notice (
    endpoint text        not null references endpoint on delete cascade,
    id       bigint      not null,
    time     timestamptz not null,
    kind     text        not null,
    position text,
    constraint delivery_notice_key primary key (endpoint, id)
);
create index delivery_notice_time on delivery_notice (time);

-- An alliance sees its own endpoints only, and what belongs to them.
select guard_by_alliance('endpoint');

create function guard_by_endpoint(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format($policy$
    create policy by_endpoint on %s
      using ((select current_setting('voyage.scope', true)) = 'all'
             or endpoint in (select id from endpoint))$policy$, guarded);
end $$;
select guard_by_endpoint('endpoint_secret');
select guard_by_endpoint('delivery');
select guard_by_endpoint('held_event');
select guard_by_endpoint('undelivered_event');
select guard_by_endpoint('delivery_attempt');
select guard_by_endpoint('replay');
select guard_by_endpoint('delivery_notice');
