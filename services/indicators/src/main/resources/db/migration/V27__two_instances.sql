-- What several instances of this service must know of each other.

-- The instance that reads the log into the database; another takes over when it falls silent. Offsets that advance only
-- from the value that was read remain the fence: the lease keeps two readers from disturbing each other.
create table reader_lease (
  reader       text        primary key,
  holder       text        not null,
  leased_until timestamptz not null
);

-- Proofs and rebuilds that run or ran, whichever instance answers.
create table verification_run (
  id         uuid        primary key,
  kind       text        not null,
  content    text        not null,
  running    boolean     not null default true,
  touched_at timestamptz not null default clock_timestamp()
);
create unique index verification_run_one_at_a_time on verification_run (kind) where running;
