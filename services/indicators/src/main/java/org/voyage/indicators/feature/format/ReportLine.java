package org.voyage.indicators.feature.format;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of an answer and where it stands.
 *
 * @param coordinates the codes by the names of the columns; what is put together has none but the year
 * @param value null where there is nothing to be computed
 * @param share of its total in percent; null when nobody asked or the total is 0
 * @param count how many values of the answer are in it
 */
public record ReportLine(
        LineKind kind,
        Map<String, String> coordinates,
        @Nullable BigDecimal value,
        @Nullable BigDecimal share,
        int count) {

    /** What a line stands for. */
    public enum LineKind {
        VALUE("value", "", ""),
        /** What is not among the largest, put together. */
        OTHERS("others", "其他", "Others"),
        /** The whole. */
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
