package org.voyage.indicators.feature.format;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a report: a value with its coordinates.
 *
 * @param coordinates the codes by column name; others and totals have only the year
 * @param value null when no value can be computed
 * @param share of its total in percent; null when the request wants no shares or the total is 0
 * @param count number of values that the line sums up
 * @param isReported whether any province has reported about the period; otherwise there is no value, which differs from 0
 * @param lastReported the last year about which a province has reported, of a line that is not reported; null when there
 *     is none
 */
public record ReportLine(
        LineKind kind,
        Map<String, String> coordinates,
        @Nullable BigDecimal value,
        @Nullable BigDecimal share,
        int count,
        boolean isReported,
        @Nullable Integer lastReported) {

    /** Creates a line about a period that was reported. */
    public ReportLine(
            LineKind kind,
            Map<String, String> coordinates,
            @Nullable BigDecimal value,
            @Nullable BigDecimal share,
            int count) {
        this(kind, coordinates, value, share, count, true, null);
    }

    /** Returns this line without a value, because no province has reported about its period. */
    public ReportLine asNotReported(@Nullable Integer lastReportedYear) {
        return new ReportLine(kind, coordinates, null, null, count, false, lastReportedYear);
    }

    /** Kind of a line. */
    public enum LineKind {
        VALUE("value", "", ""),
        /** The sum of the values that are not among the largest. */
        OTHERS("others", "其他", "Others"),
        /** The total. */
        TOTAL("total", "合计", "Total");

        private final String code;
        private final String zh;
        private final String en;

        LineKind(String code, String zh, String en) {
            this.code = code;
            this.zh = zh;
            this.en = en;
        }

        public String code() {
            return code;
        }

        public String zh() {
            return zh;
        }

        public String en() {
            return en;
        }
    }
}
