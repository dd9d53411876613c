package org.voyage.indicators.values;

/** What both questions for values say of their parameters and answers in the OpenAPI document. */
final class Docs {

    static final String BY =
            "what to split by: year, dimensions, list:belt-and-road@then (members at the time) or @now";
    static final String PERIOD = "a year (2021), a month (2021-08: a stock at its end) or years (2012..2023);"
            + " absent: as of today, or with by=year every year from the first to the current one";
    static final String LIST = "only countries on this list, as members were at the time (@then) or are today (@now)";
    static final String RECEIPT = "the Voyage-Receipt of a write: the answer includes it, or is 503 receipt-pending";
    static final String AS_OF =
            "the figure as it was known at this moment, whatever was reported, corrected or withdrawn later";
    static final String TOP =
            "only so many of the largest values, 1 to 1000, the largest first, with by=year those of each year; equal"
                    + " ones in the order of their codes. The rest comes as others, unless it does not add up (distinct"
                    + " counts, derived figures)";
    static final String TOTALS = "true: also the whole, counted at the same moment and split by nothing but the year";
    static final String SHARES = "true: also the share of each value in its total, in percent with two decimals;"
            + " refused for distinct counts and derived figures, which do not add up";
    static final String FORMAT =
            "json, csv, xlsx, sdmx-csv or sdmx-json, whatever Accept says; absent: what Accept says";

    static final String OUTSIDE = "Alliances, and everybody where figures are public, get figures that count no persons"
            + " as they are, but not of single provinces or colleges; figures of persons from the newest release: closed"
            + " years, one dimension at a time, 1 to 9 persons and whatever these could be found out from suppressed.";
    static final String RELEASE = "for readers outside: the number of the release that a figure of persons is from";

    static final String OK = "The values, in the format that was asked for";
    static final String ETAG =
            "strong: the same as long as every byte of the answer is; send it as If-None-Match and get 304 until then";
    static final String POSITION =
            "every event before these Kafka offsets is counted: topic:partition@offset;partition@offset, …";
    static final String TIME = "since when the answer holds: when its position was reached, or asOf";
    static final String NOT_MODIFIED = "The answer is still the one of If-None-Match";
    static final String NOT_ACCEPTABLE = "No format suits the Accept header; the problem names those that are offered";

    private Docs() {}
}
