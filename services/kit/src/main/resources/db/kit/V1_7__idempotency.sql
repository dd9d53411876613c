-- POST requests that were sent with an Idempotency-Key, and what was answered. No province: a key belongs to a client.

create table idempotency_key (
  client      text        not null,
  key         text        not null,
  -- Method, path with query and media type; with body_hash it is the request's fingerprint.
  target      text        not null,
  body_hash   bytea,
  -- The run that works on it or finished it: one whose lease was taken over stores nothing any more.
  run         uuid        not null,
  -- While it runs; null once it is answered.
  lease_until timestamptz,
  status      integer,
  headers     jsonb,
  -- Null if the answer was too long to keep.
  body        bytea,
  expires_at  timestamptz not null,
  primary key (client, key)
);
create index idempotency_key_expired on idempotency_key (expires_at);
