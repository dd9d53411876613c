create table alliance_note (
  alliance text not null,
  id       text not null,
  primary key (alliance, id)
);
select guard_by_alliance('alliance_note');
