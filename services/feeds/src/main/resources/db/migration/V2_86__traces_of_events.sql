-- Span before a delivery (W3C traceparent); null without a trace. Readers do not get it.
alter table feed_event add column traceparent text;
