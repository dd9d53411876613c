-- What readers outside see of figures that count persons. Rows are added and never changed: what somebody has read can be
-- read again, and a later release is held against every earlier one.
create table release (
    number  bigint      not null,
    made_at timestamptz not null,
    made_by text        not null,
    sheets  int         not null,
    constraint release_key primary key (number),
    constraint release_sheets check (sheets > 0)
);

create table release_sheet (
    figure  text   not null,
    year    int    not null,
    release bigint not null,
    version int    not null,
    tables  text   not null,
    constraint release_sheet_key primary key (figure, year, release),
    constraint release_sheet_release foreign key (release) references release (number),
    constraint release_sheet_tables check (tables is json object)
);

comment on column release.made_by is 'client id of the operator, empty for the schedule';
comment on column release_sheet.tables is 'per dimension the tree of parts; a part without value is hidden';

create trigger release_append_only before update or delete or truncate on release
  for each statement execute function proof_append_only();
create trigger release_sheet_append_only before update or delete or truncate on release_sheet
  for each statement execute function proof_append_only();
