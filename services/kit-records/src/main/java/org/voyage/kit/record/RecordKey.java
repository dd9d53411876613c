package org.voyage.kit.record;

import org.voyage.kit.access.Province;

/**
 * Natural key of a record within its type.
 *
 * @param sourceId the sender's own key
 */
public record RecordKey(Province province, String sourceId) implements Comparable<RecordKey> {

    /** Returns the Kafka key, e.g. {@code 12/LB-TH-1}. */
    public String text() {
        return province.code() + "/" + sourceId;
    }

    /** Parses {@link #text()}. */
    public static RecordKey parse(String text) {
        int slash = text.indexOf('/');
        return new RecordKey(Province.of(text.substring(0, slash)), text.substring(slash + 1));
    }

    @Override
    public int compareTo(RecordKey other) {
        int byProvince = province.code().compareTo(other.province.code());
        return byProvince != 0 ? byProvince : sourceId.compareTo(other.sourceId);
    }
}
