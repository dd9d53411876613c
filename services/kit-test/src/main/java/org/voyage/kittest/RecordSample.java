package org.voyage.kittest;

import java.util.List;

/**
 * Sample bodies of a record type for the tests that all records share.
 *
 * @param service service that owns the record type
 * @param record singular name of the record type
 * @param collection plural name, as in paths
 * @param first valid body
 * @param corrected another valid body that may follow the first
 * @param wrong body with as many faults as possible
 * @param pointers JSON pointers to these faults
 * @param header of a CSV file without {@code sourceId}
 * @param row row of a CSV file without {@code sourceId}, with the content of {@code first}
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

    /** Returns the body as one line of an NDJSON file. */
    String toNdjsonLine(String sourceId, String body) {
        return "{\"sourceId\":\"" + sourceId + "\","
                + body.replaceAll("\\s*\\n\\s*", "").substring(1) + "\n";
    }
}
