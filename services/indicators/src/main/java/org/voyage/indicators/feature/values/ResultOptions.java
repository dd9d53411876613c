package org.voyage.indicators.feature.values;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/**
 * Options of a result: largest values, totals and shares.
 *
 * @param top number of largest values; 0 for all
 */
record ResultOptions(int top, boolean totals, boolean shares) {

    static final String TOP_PARAMETER = "top";
    static final String TOTALS_PARAMETER = "totals";
    static final String SHARES_PARAMETER = "shares";
    static final Set<String> OPTION_PARAMETERS = Set.of(TOP_PARAMETER, TOTALS_PARAMETER, SHARES_PARAMETER);

    private static final int MAX_TOP_VALUES = 1000;

    /** @throws Refusal.Malformed when a parameter is invalid */
    static ResultOptions parse(Map<String, List<String>> parameters) {
        String top = FigureQueryParser.readSingle(TOP_PARAMETER, parameters);
        return new ResultOptions(
                top == null ? 0 : (int) QueryParameters.parseInteger(TOP_PARAMETER, top, 1, MAX_TOP_VALUES, 0),
                QueryParameters.parseFlag(
                        TOTALS_PARAMETER, FigureQueryParser.readSingle(TOTALS_PARAMETER, parameters), false),
                QueryParameters.parseFlag(
                        SHARES_PARAMETER, FigureQueryParser.readSingle(SHARES_PARAMETER, parameters), false));
    }

    /** Returns whether the request needs the whole too. */
    boolean requiresAllCells() {
        return totals || shares;
    }

    /** @throws Refusal.Malformed when the options do not fit the query */
    void requireApplicable(FigureQuery query) {
        boolean split = !query.breakdowns().stream().allMatch(Breakdown.YearBreakdown.class::isInstance);
        if (!split && (top > 0 || requiresAllCells())) {
            throw QueryRefusals.malformed(
                    top > 0 ? TOP_PARAMETER : totals ? TOTALS_PARAMETER : SHARES_PARAMETER,
                    "nothing-split",
                    "There is one value only; add a dimension or a list to by.",
                    "结果只有一个值，请在 by 中加入维度或名单。");
        }
        if (shares && !query.figure().isAdditive()) {
            throw sharesRefused(query.figure());
        }
    }

    private static Refusal sharesRefused(Figure figure) {
        String rule = "shares-do-not-add-up";
        return switch (figure) {
            case CountedFigure _ ->
                QueryRefusals.malformed(
                        SHARES_PARAMETER,
                        rule,
                        "The indicator counts each thing once, and one thing may be in several parts: adding up distinct"
                                + " counts makes no sense, and so do shares of them. Ask for totals instead.",
                        "该指标为去重计数，同一对象可能同时属于多个部分，各部分相加没有意义，占比也没有意义。请改用 totals。");
            case DerivedFigure _ ->
                QueryRefusals.malformed(
                        SHARES_PARAMETER,
                        rule,
                        "The indicator is derived from others: its values do not add up to a whole, so they have no"
                                + " shares of it. Ask for totals instead.",
                        "该指标由其他指标派生，各部分的值相加不等于总体，占比没有意义。请改用 totals。");
        };
    }
}
