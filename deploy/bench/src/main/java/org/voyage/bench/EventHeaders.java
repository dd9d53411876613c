package org.voyage.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Message headers with the attributes of a relayed event, in the order of the relay. */
final class EventHeaders {

    private EventHeaders() {}

    /**
     * Returns the headers of an event.
     *
     * @param record e.g. {@code overseas-school}; {@code position} is that of the sender's outbox
     */
    static List<Header> headersOf(String service, String record, String key, long position) {
        return Stream.of(
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", UUID.randomUUID().toString()),
                        Map.entry("ce_source", "/voyage/" + service),
                        Map.entry("ce_type", "org.voyage." + record + ".changed.v1"),
                        Map.entry("content-type", "application/json"),
                        Map.entry("ce_dataschema", "urn:voyage:events:" + record + "-changed:v1"),
                        Map.entry("ce_subject", key),
                        Map.entry("ce_time", Instant.now().toString()),
                        Map.entry("ce_position", Long.toString(position)))
                .<Header>map(entry ->
                        new RecordHeader(entry.getKey(), entry.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
