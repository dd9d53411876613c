-- Epochs of the service's log. A restored database draws version numbers and positions again that Kafka holds with other
-- contents, and a restored Kafka lacks events that the database has sent. Each such discovery begins a new epoch: readers
-- order the versions of a record by epoch and version, so no pair of both means two contents.

create table log_epoch (
  -- Readers keep epoch and version in one number: see VersionOrder of indicators.
  epoch         integer     primary key check (epoch between 0 and 500),
  reason        text        not null check (reason in ('first', 'database-behind', 'log-behind', 'both-behind')),
  began_at      timestamptz not null default clock_timestamp(),
  -- Every event that was appended after the beginning of the epoch has a larger position.
  from_position bigint      not null,
  republished   bigint      not null default 0,
  withdrawn     bigint      not null default 0,
  repaired_at   timestamptz
);
insert into log_epoch (epoch, reason, from_position, repaired_at) values (0, 'first', 0, clock_timestamp());

-- Last events of Kafka that the database did not know when an epoch began: they are no discovery a second time.
create table log_epoch_tail (
  position bigint not null,
  event_id text   not null,
  epoch    integer not null references log_epoch,
  primary key (position, event_id)
);

-- Epoch of the event; null for the epoch in which the relay sends it.
alter table outbox add column epoch integer;

-- Raises the sequence of positions over a number and returns a position above it. It draws them one by one: a setval
-- would return positions that a concurrent writer has drawn.
create function outbox_raise_position(at_least bigint) returns bigint language sql volatile as $$
  select max(nextval('outbox_position'))
    from outbox_position s, generate_series(0, greatest(at_least - s.last_value, 0))
$$;
