-- After a restore each feed begins its epoch in a step of its own; a crash in between goes on with the rest.
alter table assigner_state add column reset_epoch int;
comment on column assigner_state.reset_epoch is 'epoch that all feeds of a lower one are to begin; null when none is due';
