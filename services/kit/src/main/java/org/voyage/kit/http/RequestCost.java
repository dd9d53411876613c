package org.voyage.kit.http;

/**
 * Cost of a request: how much of the service it holds while it is under way. {@link CostLimits} bounds each kind per
 * client, per province and overall.
 */
public enum RequestCost {
    /** A single record, a short page, a value: milliseconds. */
    SMALL("small"),
    /** A long page, an export, a preview, an explanation: it keeps a processor or the database busy. */
    LARGE("large"),
    /** A file that is received and processed. */
    UPLOAD("upload"),
    /** A stream of events, which ends when the client leaves. */
    STREAM("stream");

    private final String code;

    RequestCost(String code) {
        this.code = code;
    }

    /** Returns the name of the kind in headers and metrics. */
    public String code() {
        return code;
    }
}
