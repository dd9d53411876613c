-- A released year that few provinces had reported: readers must not take it for the newest complete one.
alter table release_sheet add column mostly_reported boolean not null default true;

comment on column release_sheet.mostly_reported is 'false: when it was released, fewer provinces had reported about the year than a headline needs';
