-- What services tell of the files that bureaus send, and of their years. Numbers only.
create table submission (
    service     text        not null,
    province    text collate "C" not null,
    batch       text collate "C" not null,
    version     int         not null,
    record      text        not null,
    stored      boolean     not null,
    rows_read   bigint      not null,
    received    bigint      not null,
    parked      bigint      not null,
    refused     bigint      not null,
    finished_at timestamptz not null,
    constraint submission_key primary key (service, province, batch)
);

comment on column submission.stored is 'false: it ended so that nothing of it is stored';
comment on column submission.received is 'rows that are records now: created, corrected, unchanged, withdrawn';

create table year_close (
    service  text        not null,
    province text collate "C" not null,
    year     int         not null,
    version  int         not null,
    state    text        not null,
    since    timestamptz not null,
    constraint year_close_key primary key (service, province, year)
);
