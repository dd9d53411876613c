-- Instances of 0.2.0 do not know this column: while one of them holds the lease, it differs from the epoch.
alter table reader_lease add column claimed_epoch bigint not null default 0;
comment on column reader_lease.claimed_epoch is
  'epoch whose holder knows this column; another value than epoch: a holder of an older release, which a newer one replaces';
