-- What is personal about the student of an enrolment: encrypted, in this table only, without history.
create table student_personal (
  province         text        not null check (province ~ '^[0-9]{2}$'),
  source_id        text        not null,
  ciphertext       bytea,
  key_id           integer,
  pseudonym        text,
  pseudonym_key_id integer,
  fingerprint      bytea,
  updated_at       timestamptz not null,
  erased_at        timestamptz,
  primary key (province, source_id),
  foreign key (province, source_id) references inbound_enrolment (province, source_id),
  check ((ciphertext is null) = (erased_at is not null)),
  check ((ciphertext is null) = (key_id is null) and (ciphertext is null) = (fingerprint is null)
     and (ciphertext is null) = (pseudonym_key_id is null)),
  check (pseudonym is null or ciphertext is not null)
);
select guard_by_province('student_personal');
comment on column student_personal.pseudonym is 'The same for the same student anywhere; null without a passport number.';
comment on column student_personal.fingerprint is 'Keyed: tells whether the same was sent again, and nothing else.';
comment on column student_personal.erased_at is 'Erased on request; nothing is stored here again before consent is renewed.';
create index student_personal_by_pseudonym on student_personal (pseudonym) where pseudonym is not null;
create index student_personal_by_key on student_personal (key_id, pseudonym_key_id) where ciphertext is not null;

-- The renewals of everything under the primary keys: one at a time.
create table personal_rotation (
  id               bigint      generated always as identity primary key,
  actor            text        not null,
  request_id       text        not null,
  key_id           integer     not null,
  pseudonym_key_id integer     not null,
  started_at       timestamptz not null,
  finished_at      timestamptz,
  total            bigint      not null,
  done             bigint      not null default 0,
  unreadable       bigint      not null default 0
);
create unique index personal_rotation_one_at_a_time on personal_rotation ((true)) where finished_at is null;
