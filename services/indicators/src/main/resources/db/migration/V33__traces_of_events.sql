-- The relay of the kit reads it (db/kit/V1_41); the events of figures have no traces.
alter table outbox add column traceparent text;
