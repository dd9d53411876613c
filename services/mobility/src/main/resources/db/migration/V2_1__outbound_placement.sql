-- Students of one college sent abroad together.
select create_record_table('outbound_placement');
alter table outbound_placement
  add column college text not null generated always as (record ->> 'college') stored,
  add column host_country text not null generated always as (record ->> 'hostCountry') stored,
  add column purpose text not null generated always as (record ->> 'purpose') stored;
create index outbound_placement_by_college on outbound_placement (college, province, source_id);
create index outbound_placement_by_host_country on outbound_placement (host_country, province, source_id);
