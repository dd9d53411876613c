-- No query has used it: over a million rows the planner reads the table.
drop index evidence_by_offset;
