package org.voyage.indicators.feature.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Unit;
import org.voyage.indicators.feature.completeness.CoverageCalculator.CoverageInputs;
import org.voyage.indicators.feature.completeness.LastPushTracker.EarlierPushes;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionState;
import org.voyage.indicators.live.FactCountsByYear.YearFactCounts;
import org.voyage.kit.log.LogTopics;

/** Test of the gaps of a figure. Province 12 has records about 2019 and 2021 only. */
class ReportedYearsTest {

    private static final String RECORD = "overseas-headcount";
    private static final YearFactCounts ONE = new YearFactCounts(Map.of("12", 1L), Map.of());
    private static final Map<Integer, YearFactCounts> COUNTS = Map.of(2019, ONE, 2021, ONE);
    private static final Figure STUDENTS =
            TestFigures.CATALOGUE.findFigure("overseas-students").orElseThrow();
    private static final Figure SCHOOLS =
            TestFigures.CATALOGUE.findFigure("overseas-schools").orElseThrow();

    @Test
    void a_flow_has_a_gap_where_no_province_reported_in_any_of_its_years() {
        ReportedYears years = yearsOf(STUDENTS);

        assertThat(years.findGap(List.of(2020))).hasValue(2020);
        assertThat(years.findGap(List.of(2020, 2021))).isEmpty();
        assertThat(years.lastReported(2020)).isEqualTo(2019);
    }

    @Test
    void a_stock_has_a_gap_only_before_the_first_report() {
        assertThat(yearsOf(SCHOOLS).isGap(2018)).isTrue();
        assertThat(yearsOf(SCHOOLS).isGap(2020)).isFalse();
    }

    @Test
    void a_change_needs_both_years() {
        ReportedYears years = yearsOf(derive(new DerivationRule.ChangeRule(STUDENTS, 2)));

        assertThat(years.findGap(List.of(2020))).hasValue(2020);
        assertThat(years.findGap(List.of(2021))).isEmpty();
        assertThat(years.findGap(List.of(2023))).hasValue(2023);
        assertThat(yearsOf(derive(new DerivationRule.ChangeRule(STUDENTS, 1))).findGap(List.of(2021)))
                .hasValue(2020);
    }

    @Test
    void a_growth_needs_its_first_and_its_last_year() {
        ReportedYears years = yearsOf(derive(new DerivationRule.GrowthRule(STUDENTS)));

        assertThat(years.findGap(List.of(2019, 2021))).isEmpty();
        assertThat(years.findGap(List.of(2019, 2022))).hasValue(2022);
        assertThat(years.findGap(List.of(2018, 2021))).hasValue(2018);
    }

    /** Schools are a stock, which has no gap: the headcounts decide. */
    @Test
    void a_difference_needs_reports_of_its_year_and_of_the_year_before() {
        ReportedYears years = yearsOf(TestFigures.CATALOGUE
                .findFigure("overseas-schools-without-students")
                .orElseThrow());

        assertThat(years.findGap(List.of(2020))).hasValue(2020);
        assertThat(years.findGap(List.of(2021))).hasValue(2020);
        assertThat(years.findGap(List.of(2022))).hasValue(2022);
    }

    private static Figure derive(DerivationRule rule) {
        LocalizedText text = new LocalizedText("示例", "Example");
        return new DerivedFigure(
                "derived", 1, text, new Unit("percent", "%", "percent"), rule, List.of(), List.of(), text);
    }

    private static ReportedYears yearsOf(Figure figure) {
        YearProgress progress = new YearProgress(
                new CoverageInputs(
                        YearBasis.OWN_YEAR, Map.of(RECORD, COUNTS), Map.of(RECORD, COUNTS), EarlierPushes.EMPTY),
                SubmissionState.EMPTY,
                new LogTopics(List.of("overseas." + RECORD)),
                ZoneId.of("Asia/Shanghai"));
        return new ReportedYears(figure, progress, Set.of("12"));
    }
}
