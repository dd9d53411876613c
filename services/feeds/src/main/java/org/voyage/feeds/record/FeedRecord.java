package org.voyage.feeds.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Record that may leave in a feed (contracts/feeds). Records of persons and headcounts never do. */
public enum FeedRecord {
    OVERSEAS_SCHOOL("overseas", "overseas-school", "hostCountry", "foundingColleges"),
    COOPERATIVE_INSTITUTION("cooperation", "cooperative-institution", null, "college"),
    COOPERATIVE_PROGRAMME("cooperation", "cooperative-programme", null, "college"),
    /** A standard has no country of its own: it is in scope while one of its recognitions is. */
    STANDARD("standards", "standard", null, "developingColleges"),
    /** The colleges of a recognition are those of its standard. */
    RECOGNITION("standards", "recognition", "country", null),
    CREDENTIAL_RECOGNITION("standards", "credential-recognition", "country", "college");

    private final String service;
    private final String wireName;
    private final Optional<String> countryField;
    private final Optional<String> collegeField;

    FeedRecord(String service, String wireName, @Nullable String countryField, @Nullable String collegeField) {
        this.service = service;
        this.wireName = wireName;
        this.countryField = Optional.ofNullable(countryField);
        this.collegeField = Optional.ofNullable(collegeField);
    }

    /** Returns the name in topics, event types and APIs, e.g. {@code overseas-school}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    public String topic() {
        return service + "." + wireName;
    }

    /** Returns the field with the country; empty for a record whose countries are those of its foreign partners. */
    Optional<String> countryField() {
        return countryField;
    }

    /** Returns the field with one college or a list of them. */
    Optional<String> collegeField() {
        return collegeField;
    }

    public static Optional<FeedRecord> find(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName.equals(wireName))
                .findFirst();
    }

    /** Returns the record of a name that is known to be one. */
    @JsonCreator
    public static FeedRecord of(String wireName) {
        return find(wireName).orElseThrow(() -> new IllegalArgumentException("not a record of feeds: " + wireName));
    }

    public static List<String> topics() {
        return Arrays.stream(values()).map(FeedRecord::topic).toList();
    }
}
