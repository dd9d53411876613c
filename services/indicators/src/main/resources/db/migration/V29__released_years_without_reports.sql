-- A released year about which no province has reported: its total is 0, and readers must not take that for a count.
alter table release_sheet add column reported boolean not null default true;

comment on column release_sheet.reported is 'false: no province had reported about the year; then its total is 0';
