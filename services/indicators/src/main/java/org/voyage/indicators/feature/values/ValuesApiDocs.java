package org.voyage.indicators.feature.values;

/** OpenAPI texts that both operations for values share. */
final class ValuesApiDocs {

    static final String OUTSIDE_NOTE =
            "Alliances, and everybody where figures are public, get figures that count no persons"
                    + " as they are, but not of single provinces or colleges; figures of persons from the newest release: closed"
                    + " years, one dimension at a time, 1 to 9 persons and whatever these could be found out from suppressed.";
    static final String RELEASE_DESCRIPTION =
            "for readers outside: the number of the release that a figure of persons is from";

    static final String OK_DESCRIPTION = "The values, in the format that was asked for";
    static final String ETAG_DESCRIPTION =
            "weak: the same as long as the answer is, at every instance; send it as If-None-Match and get 304 until then";
    static final String DEFINITIONS_DESCRIPTION =
            "the figures and the versions of the definitions that they were computed with: overseas-schools@1, …";
    static final String NOTES_DESCRIPTION =
            "notes on the values, by their codes: list-empty, coverage-differs, …; absent when there is nothing";

    static final String POSITION_DESCRIPTION =
            "every event before these Kafka offsets is counted: topic:partition@offset;partition@offset, …";
    static final String TIME_DESCRIPTION = "since when the answer holds: when its position was reached, or asOf";
    static final String NOT_MODIFIED = "The answer is still the one of If-None-Match";
    static final String NOT_ACCEPTABLE = "No format suits the Accept header; the problem names those that are offered";

    private ValuesApiDocs() {}
}
