-- Alliances that operators have admitted. The code is the claim "alliance" of their tokens.
create table alliance (
    code              text        constraint alliance_key primary key check (code ~ '^[A-Z0-9]{2,20}$'),
    name_zh           text        not null,
    name_en           text        not null,
    contact           text,
    version           int         not null,
    admitted_at       timestamptz not null,
    suspended_at      timestamptz,
    suspended_by      text,
    suspension_reason text,
    withdrawn_at      timestamptz
);

comment on column alliance.contact is 'how operators reach the alliance; never in an event';
comment on column alliance.suspended_at is 'while it is set, every way of reading is shut';
comment on column alliance.withdrawn_at is 'the alliance is no longer admitted; its history stays';

-- Members of an alliance: colleges, and organisations abroad by their names as written.
create table alliance_member (
    alliance     text not null references alliance,
    id           text not null,
    version      int  not null,
    kind         text not null,
    college      text,
    names        text[] not null,
    country      text not null,
    valid_from   date not null,
    valid_until  date,
    withdrawn_at timestamptz,
    constraint alliance_member_key primary key (alliance, id)
);

comment on column alliance_member.college is '10-digit school code of a member of kind college, else null';
comment on column alliance_member.names is 'all spellings under which records may name the member';
comment on column alliance_member.valid_until is 'first day no longer a member; null while it is one';

-- Every version of every grant. The one that no other supersedes is in force on its days.
create table grant_version (
    alliance      text        not null references alliance,
    id            text        not null,
    version       int         not null,
    rule          jsonb       not null,
    fields        text[]      not null,
    legal_basis   text        not null,
    valid_from    date        not null,
    valid_until   date,
    changed_at    timestamptz not null,
    changed_by    text        not null,
    superseded_at timestamptz,
    withdrawn     boolean     not null default false,
    constraint grant_version_key primary key (alliance, id, version)
);
create unique index grant_version_current on grant_version (alliance, id) where superseded_at is null;

comment on column grant_version.rule is 'the conditions on records, as in the API';
comment on column grant_version.fields is 'the fields on grant that it opens, as record.field';
comment on column grant_version.valid_until is 'first day on which the grant no longer holds; null: no end';
