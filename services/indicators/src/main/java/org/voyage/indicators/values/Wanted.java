package org.voyage.indicators.values;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/**
 * What is wanted of an answer besides its values.
 *
 * @param top how many of the largest; 0 for all
 */
record Wanted(int top, boolean totals, boolean shares) {

    static final String TOP = "top";
    static final String TOTALS = "totals";
    static final String SHARES = "shares";
    static final Set<String> PARAMETERS = Set.of(TOP, TOTALS, SHARES);

    private static final int MOST = 1000;

    /** @throws Refusal.Malformed when a parameter is not understood */
    static Wanted read(Map<String, List<String>> parameters) {
        String top = QueryReader.readSingle(TOP, parameters);
        return new Wanted(
                top == null ? 0 : (int) QueryParameters.parseInteger(TOP, top, 1, MOST, 0),
                QueryParameters.parseFlag(TOTALS, QueryReader.readSingle(TOTALS, parameters), false),
                QueryParameters.parseFlag(SHARES, QueryReader.readSingle(SHARES, parameters), false));
    }

    /** Whether the whole has to be counted too. */
    boolean whole() {
        return totals || shares;
    }

    /** @throws Refusal.Malformed when it makes no sense for the question */
    void check(FigureQuery query) {
        boolean split = !query.by().stream().allMatch(By.Year.class::isInstance);
        if (!split && (top > 0 || whole())) {
            throw Wrong.of(
                    top > 0 ? TOP : totals ? TOTALS : SHARES,
                    "nothing-split",
                    "There is one value only; add a dimension or a list to by.",
                    "结果只有一个值，请在 by 中加入维度或名单。");
        }
        if (shares && !query.indicator().addsUp()) {
            throw noShares(query.indicator());
        }
    }

    private static Refusal noShares(Figure figure) {
        String rule = "shares-do-not-add-up";
        return switch (figure) {
            case Indicator _ ->
                Wrong.of(
                        SHARES,
                        rule,
                        "The indicator counts each thing once, and one thing may be in several parts: adding up distinct"
                                + " counts makes no sense, and so do shares of them. Ask for totals instead.",
                        "该指标为去重计数，同一对象可能同时属于多个部分，各部分相加没有意义，占比也没有意义。请改用 totals。");
            case Derived _ ->
                Wrong.of(
                        SHARES,
                        rule,
                        "The indicator is derived from others: its values do not add up to a whole, so they have no"
                                + " shares of it. Ask for totals instead.",
                        "该指标由其他指标派生，各部分的值相加不等于总体，占比没有意义。请改用 totals。");
        };
    }
}
