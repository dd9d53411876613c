-- Which state of each year was known since when, so that a past answer knows who had submitted. Rows are added and never changed.
create table year_close_history (
    service  text             not null,
    province text collate "C" not null,
    year     int              not null,
    state    text,
    known_at timestamptz      not null,
    constraint year_close_history_key primary key (service, province, year, known_at)
);

comment on column year_close_history.state is 'null: the service no longer has the year';
comment on column year_close_history.known_at is 'by the clock of knowledge.known_at';

-- Before there was this table: as if the newest state had been known since the service recorded it.
select set_config('voyage.scope', 'all', true);
insert into year_close_history (service, province, year, state, known_at)
select service, province, year, state, least(since, now()) from year_close;

alter table year_close_history enable row level security;
alter table year_close_history force row level security;
create policy by_province on year_close_history
  using (province = any ((select string_to_array(current_setting('voyage.scope', true), ','))::text[])
         or (select current_setting('voyage.scope', true)) = 'all');

create trigger year_close_history_append_only before update or delete or truncate on year_close_history
  for each statement execute function audit_append_only();
