-- Finds what came in a span of the log without reading all of it. Rows lie roughly in the order of their offsets.
create index evidence_by_offset on evidence using brin (kafka_offset int8_minmax_multi_ops) with (autosummarize = on);
