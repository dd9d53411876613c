-- A version that is stored already adds no row to the evidence: that it was told again, as the newest state of its key and
-- after an event that could not be read, is written down beside that event.
alter table set_aside add column healed_offset bigint;

-- A key may be any bytes, and too long for a btree.
create index set_aside_open on set_aside using hash (key) where healed_offset is null;

comment on column set_aside.healed_offset is
  'of the republication that healed the key; null while there is none, also when a newer version did';
