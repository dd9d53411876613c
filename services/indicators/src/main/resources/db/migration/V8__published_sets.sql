-- Published statistics that operators load: every version of every set as it was sent, and which were withdrawn. Rows are
-- added and never changed.
create table published_set (
    code         text collate "C" not null,
    version      int         not null,
    title        text        not null,
    source       text        not null,
    published_on date,
    content      bytea       not null,
    lines        int         not null,
    loaded_at    timestamptz not null,
    loaded_by    text        not null,
    constraint published_set_key primary key (code, version),
    constraint published_set_version check (version > 0)
);

comment on column published_set.content is 'the CSV byte for byte';
comment on column published_set.published_on is 'when its source published it; a line may name a day of its own';

create table published_withdrawal (
    code         text collate "C" not null,
    version      int         not null,
    reason       text        not null,
    withdrawn_at timestamptz not null,
    withdrawn_by text        not null,
    constraint published_withdrawal_key primary key (code, version),
    constraint published_withdrawal_of foreign key (code, version) references published_set (code, version)
);

create trigger published_set_append_only before update or delete or truncate on published_set
  for each statement execute function audit_append_only();
create trigger published_withdrawal_append_only before update or delete or truncate on published_withdrawal
  for each statement execute function audit_append_only();
