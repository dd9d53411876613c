-- Since when nobody is taken in, where that is known.
alter table cooperative_institution add check (status in ('suspended', 'terminated') or not record ? 'suspendedOn');
alter table cooperative_programme add check (status in ('suspended', 'terminated') or not record ? 'suspendedOn');
