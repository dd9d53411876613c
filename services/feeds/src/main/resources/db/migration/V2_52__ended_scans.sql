-- Readers see the events of the last step of a scan once Kafka has witnessed it: until then the scan has not ended for them.
alter table feed
    add column ended_scan_cause text,
    add column ended_scan_step  bigint;
comment on column feed.ended_scan_cause is 'of the scan or replay that ended last, in the step ended_scan_step';
