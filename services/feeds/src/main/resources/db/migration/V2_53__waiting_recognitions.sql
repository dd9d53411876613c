-- Since when a recognition waits for its standard; no feed reports it until the standard is known.
alter table record_state add column waiting_since timestamptz;
create index record_state_waiting on record_state (waiting_since) where waiting_since is not null;
comment on column record_state.waiting_since is
  'when the assigner noted that the standard of the recognition is unknown or withdrawn; null while it is known';
