-- A grant may open the events of figures that readers outside see (topic indicators.indicator).
alter table grant_version add column figure_events boolean not null default false;
comment on column grant_version.figure_events is 'whether it opens the events of figures on Kafka';
