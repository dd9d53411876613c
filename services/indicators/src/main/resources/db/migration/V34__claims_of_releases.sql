-- As db/kit-log/V1_42: instances of 0.2.0 do not know this column, so it differs from the epoch while one of them holds the lease.
alter table reader_lease add column claimed_epoch bigint not null default 0;
comment on column reader_lease.claimed_epoch is
  'epoch whose holder knows this column; another value than epoch: a holder of an older release, which a newer one replaces';
