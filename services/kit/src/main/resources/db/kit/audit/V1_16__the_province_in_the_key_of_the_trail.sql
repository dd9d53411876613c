-- Positions are drawn from one sequence (audit_entry_placed); a key without the province is one that provinces share. That no two
-- entries have one place is looked for by the verification of the chain. Entries of no province share theirs among themselves.

alter table audit_entry drop constraint audit_entry_pkey;
alter table audit_entry alter column position set not null;
create index audit_entry_by_position on audit_entry (position);
drop index audit_entry_by_province;
alter table audit_entry
  add constraint audit_entry_by_province unique nulls not distinct (province, position);
