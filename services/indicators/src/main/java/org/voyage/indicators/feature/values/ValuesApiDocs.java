package org.voyage.indicators.feature.values;

/** OpenAPI texts that both operations for values share. */
final class ValuesApiDocs {

    static final String RELEASE_DESCRIPTION =
            "for readers outside: number of the release of a figure of persons / " + "对外读者：涉及人数指标的发布序号";

    static final String OK_DESCRIPTION = "The values, in the requested format / 指标数值，按所要求的格式";
    static final String ETAG_DESCRIPTION =
            "weak; it stays the same as long as the answer does, at every instance. Send it as If-None-Match"
                    + " to get 304 until then / 弱校验；结果不变时各实例均不变，作为 If-None-Match 发送时返回 304";
    static final String DEFINITIONS_DESCRIPTION =
            "figures and the versions of their definitions: overseas-schools@1, … / "
                    + "指标及所用的口径版本：overseas-schools@1, …";
    static final String NOTES_DESCRIPTION =
            "notes on the values, by their codes: list-empty, coverage-differs, …; absent if there are none / "
                    + "对数值的说明，以代码表示：list-empty、coverage-differs 等；没有的省略";

    static final String POSITION_DESCRIPTION =
            "every event before these Kafka offsets is counted: topic:partition@offset;partition@offset, … / "
                    + "已计入这些 Kafka 偏移量之前的全部事件：topic:partition@offset;partition@offset, …";
    static final String TIME_DESCRIPTION =
            "time since which the answer holds: when its position was reached, or asOf / " + "结果对应的时间：到达该位置的时间，或 asOf";
    static final String NOT_MODIFIED = "The answer is still the one of If-None-Match / 结果与 If-None-Match 所指的相同";
    static final String NOT_ACCEPTABLE =
            "No format suits the Accept header; the problem names those that are offered / "
                    + "没有符合 Accept 请求头的格式；问题说明列出可用的格式";

    private ValuesApiDocs() {}
}
