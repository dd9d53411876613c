-- Of what services tell besides their records no versions are kept: whatever heals a key is written down.
comment on column set_aside.healed_offset is
  'of the event that healed the key: of a record its republication (null also when a newer version did), of a file, of what
waits or was refused, and of a year a newer word about it, or the newest once more';
