package org.voyage.kit.http;

/**
 * Cost of a request: how much of the service it holds while it is under way. {@link CostLimits} bounds each kind per
 * client, per province and overall.
 */
public enum RequestCost {
    /** A single record, a short page, a value: milliseconds. */
    SMALL("small", "small requests", "个普通请求"),
    /** A long page, an export, a preview, an explanation: it keeps a processor or the database busy. */
    LARGE("large", "large requests", "个大型请求"),
    /** A file that is received and processed. */
    UPLOAD("upload", "uploads", "个上传"),
    /** A stream of events, which ends when the client leaves. */
    STREAM("stream", "streams", "个数据流");

    private final String code;
    private final String unit;
    private final String unitZh;

    RequestCost(String code, String unit, String unitZh) {
        this.code = code;
        this.unit = unit;
        this.unitZh = unitZh;
    }

    /** Returns the unit in which a refusal counts such requests. */
    String unit() {
        return unit;
    }

    String unitZh() {
        return unitZh;
    }

    /** Returns the name of the kind in headers and metrics. */
    public String code() {
        return code;
    }
}
