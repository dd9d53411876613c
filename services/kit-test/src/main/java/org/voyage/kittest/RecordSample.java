package org.voyage.kittest;

import java.util.List;

/**
 * Bodies of a type of record, to try on it what all records do.
 *
 * @param service that owns it
 * @param record its name in the singular
 * @param collection its name in the plural, as in paths
 * @param first a good body
 * @param corrected another one that may follow the first
 * @param wrong a body in which as much as possible is wrong
 * @param pointers what is wrong in it
 * @param header of a CSV file without {@code sourceId}
 * @param row of a CSV file without {@code sourceId}; says what {@code first} says
 */
public record RecordSample(
        String service,
        String record,
        String collection,
        String first,
        String corrected,
        String wrong,
        List<String> pointers,
        String header,
        String row) {

    String topic() {
        return service + "." + record;
    }

    String pathOf(String province, String sourceId) {
        return "/v1/" + collection + "/" + province + "/" + sourceId;
    }

    /** The body as one line of an NDJSON file. */
    String toNdjsonLine(String sourceId, String body) {
        return "{\"sourceId\":\"" + sourceId + "\","
                + body.replaceAll("\\s*\\n\\s*", "").substring(1) + "\n";
    }
}
