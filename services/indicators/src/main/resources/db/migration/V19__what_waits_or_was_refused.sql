-- What services tell of what was sent of one record and is none: how much waits now, rows of files and single writes, and how
-- many single writes were refused. Year 0 stands for what says none that can be read.
create table outstanding (
    service  text             not null,
    province text collate "C" not null,
    record   text collate "C" not null,
    version  int              not null,
    constraint outstanding_key primary key (service, province, record)
);

create table outstanding_year (
    service    text             not null,
    province   text collate "C" not null,
    record     text collate "C" not null,
    year       int              not null,
    waiting    bigint           not null,
    refused    bigint           not null,
    changed_at timestamptz      not null,
    constraint outstanding_year_key primary key (service, province, record, year),
    constraint outstanding_year_of foreign key (service, province, record) references outstanding
);

comment on column outstanding_year.changed_at is
  'when the service told these two numbers first; a year of which it tells none any more stays, with 0, for that';

do $$
declare
  guarded regclass;
begin
  foreach guarded in array array['outstanding', 'outstanding_year']::regclass[]
  loop
    execute format('alter table %s enable row level security', guarded);
    execute format('alter table %s force row level security', guarded);
    execute format($policy$
      create policy by_province on %s
        using (province = any ((select string_to_array(current_setting('voyage.scope', true), ','))::text[])
               or (select current_setting('voyage.scope', true)) = 'all')$policy$, guarded);
  end loop;
end $$;

-- What a file left waiting is told there. The rest nobody reads.
alter table submission drop column stored, drop column received, drop column parked;
alter table submission_year drop column received, drop column parked;
