package org.voyage.indicators.feature.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Unit;
import org.voyage.indicators.feature.completeness.CoverageCalculator.CoverageInputs;
import org.voyage.indicators.feature.completeness.LastPushTracker.EarlierPushes;
import org.voyage.indicators.feature.completeness.SubmissionStore.SenderYear;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionSender;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionState;
import org.voyage.indicators.feature.completeness.SubmissionStore.YearClosing;
import org.voyage.indicators.live.FactCountsByYear.YearFactCounts;
import org.voyage.indicators.query.HeadlineAnswer;
import org.voyage.indicators.query.HeadlineAnswer.ReportedPeriod;
import org.voyage.kit.log.LogTopics;

/** Test of the headline of a figure. The current year is 2026. */
class HeadlineRuleTest {

    private static final int CURRENT_YEAR = 2026;
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final String HEADCOUNT = "overseas-headcount";
    private static final String TRAINING = "overseas-training";
    private static final String ENROLMENT = "inbound-enrolment";
    private static final Set<String> ALL_PROVINCES = new TreeSet<>(provinces(32));
    private static final Figure STUDENTS = figure("overseas-students");
    private static final Figure TRAINED = figure("overseas-training-people");
    private static final Figure SCHOOLS = figure("overseas-schools");
    private static final Figure DEPARTURES = figure("inbound-departures");

    private final Map<String, Map<Integer, Set<String>>> reports = new HashMap<>();
    private final Map<SenderYear, YearClosing> closings = new HashMap<>();
    private YearBasis basis = YearBasis.OWN_YEAR;

    @Test
    void one_province_that_reports_the_current_year_leaves_the_headline_at_the_year_of_all() {
        report(HEADCOUNT, 2024, provinces(31));
        report(HEADCOUNT, 2025, provinces(32));
        report(HEADCOUNT, 2026, List.of("12"));

        HeadlineAnswer headline = headlineOf(STUDENTS);

        assertThat(headline).isEqualTo(new HeadlineAnswer("2025", 32, 32, List.of(new ReportedPeriod("2026", 1, 32))));
    }

    @Test
    void a_province_that_submits_without_a_record_counts_like_one_with_records() {
        report(HEADCOUNT, 2025, provinces(32));
        submit("overseas", 2026, List.of("12"));

        assertThat(headlineOf(STUDENTS).period()).isEqualTo("2025");
        assertThat(headlineOf(STUDENTS).newer()).containsExactly(new ReportedPeriod("2026", 1, 32));
    }

    @Test
    void nine_of_ten_provinces_are_enough_and_fewer_are_not() {
        report(HEADCOUNT, 2025, provinces(10));
        report(HEADCOUNT, 2026, provinces(9));
        assertThat(headlineOf(STUDENTS)).isEqualTo(new HeadlineAnswer("2026", 9, 10, List.of()));

        report(HEADCOUNT, 2026, provinces(8));
        assertThat(headlineOf(STUDENTS).period()).isEqualTo("2025");
    }

    /** 28 of 32 are 87.5 %, 29 are 90.6 %. */
    @Test
    void twenty_nine_of_thirty_two_provinces_are_enough() {
        report(HEADCOUNT, 2025, provinces(32));
        report(HEADCOUNT, 2026, provinces(28));
        assertThat(headlineOf(STUDENTS).period()).isEqualTo("2025");

        report(HEADCOUNT, 2026, provinces(29));
        assertThat(headlineOf(STUDENTS).period()).isEqualTo("2026");
    }

    @Test
    void a_withdrawn_report_takes_the_headline_back() {
        report(HEADCOUNT, 2025, provinces(10));
        report(HEADCOUNT, 2026, provinces(9));
        report(HEADCOUNT, 2026, provinces(9).subList(1, 9));

        assertThat(headlineOf(STUDENTS).period()).isEqualTo("2025");
        assertThat(headlineOf(STUDENTS).newer()).containsExactly(new ReportedPeriod("2026", 8, 10));
    }

    @Test
    void the_first_year_with_a_report_is_compared_with_none() {
        report(HEADCOUNT, 2026, List.of("12"));

        assertThat(headlineOf(STUDENTS)).isEqualTo(new HeadlineAnswer("2026", 1, 1, List.of()));
    }

    @Test
    void without_any_report_there_is_no_headline() {
        assertThat(headlineOf(STUDENTS))
                .isEqualTo(new HeadlineAnswer(null, 0, 0, List.of(new ReportedPeriod("2026", 0, 0))));
    }

    @Test
    void a_year_without_any_report_is_passed_over() {
        report(HEADCOUNT, 2024, provinces(32));
        report(HEADCOUNT, 2026, List.of("12"));

        assertThat(headlineOf(STUDENTS).period()).isEqualTo("2024");
        assertThat(headlineOf(STUDENTS).newer()).containsExactly(new ReportedPeriod("2026", 1, 32));
    }

    /** In January a province has reported about the last year and about the current one, and no other has. */
    @Test
    void a_year_before_with_few_provinces_is_no_measure_of_the_current_year() {
        report(HEADCOUNT, 2024, provinces(32));
        report(HEADCOUNT, 2025, List.of("12"));
        report(HEADCOUNT, 2026, List.of("12"));

        assertThat(headlineOf(STUDENTS))
                .isEqualTo(new HeadlineAnswer(
                        "2024", 32, 32, List.of(new ReportedPeriod("2025", 1, 32), new ReportedPeriod("2026", 1, 32))));
    }

    /** A year that is long over, and that few provinces had to report about, does not stop the years after it. */
    @Test
    void a_finished_year_is_compared_with_the_year_before_whoever_reported_it() {
        report(HEADCOUNT, 2022, provinces(32));
        report(HEADCOUNT, 2023, provinces(5));
        report(HEADCOUNT, 2024, provinces(6));

        assertThat(headlineOf(STUDENTS).period()).isEqualTo("2024");
    }

    @Test
    void a_province_that_is_new_adds_to_both_numbers() {
        report(HEADCOUNT, 2025, provinces(10));
        report(HEADCOUNT, 2026, List.of(provinces(12).get(11)));

        assertThat(headlineOf(STUDENTS).newer()).containsExactly(new ReportedPeriod("2026", 1, 11));
    }

    @Test
    void a_stock_needs_no_report() {
        report("overseas-school", 2015, provinces(3));

        assertThat(headlineOf(SCHOOLS).period()).isEqualTo("2026");
        assertThat(headlineOf(SCHOOLS).newer()).isEmpty();
    }

    /** In January all provinces send admissions of the new year. About departures they have not reported. */
    @Test
    void a_flow_of_ends_has_the_current_year_once_most_provinces_have_submitted_it() {
        basis = YearBasis.LATER_DAY;
        report(ENROLMENT, 2025, provinces(32));
        report(ENROLMENT, 2026, provinces(32));

        assertThat(headlineOf(DEPARTURES))
                .isEqualTo(new HeadlineAnswer("2025", 32, 32, List.of(new ReportedPeriod("2026", 0, 32))));

        submit("mobility", 2026, provinces(28));
        assertThat(headlineOf(DEPARTURES).period()).isEqualTo("2025");

        submit("mobility", 2026, provinces(29));
        assertThat(headlineOf(DEPARTURES)).isEqualTo(new HeadlineAnswer("2026", 29, 32, List.of()));
    }

    /** What was sent in January says nothing about the departures of the rest of the year. */
    @Test
    void a_finished_year_of_a_flow_of_ends_needs_something_sent_after_it() {
        basis = YearBasis.LATER_DAY;
        report(ENROLMENT, 2025, provinces(32));
        report(ENROLMENT, 2026, provinces(32));

        assertThat(headlineOf(DEPARTURES, ALL_PROVINCES, 2027).period()).isEqualTo("2025");

        report(ENROLMENT, 2027, provinces(29));
        assertThat(headlineOf(DEPARTURES, ALL_PROVINCES, 2027))
                .isEqualTo(new HeadlineAnswer("2026", 29, 32, List.of(new ReportedPeriod("2027", 0, 29))));
    }

    @Test
    void a_flow_next_to_a_stock_of_the_same_record_needs_its_reports() {
        basis = YearBasis.STOCK;
        report(ENROLMENT, 2025, provinces(32));
        report(ENROLMENT, 2026, provinces(32));
        Figure share = derive(new DerivationRule.ShareRule(part(DEPARTURES), part(figure("inbound-students"))));

        assertThat(headlineOf(share).period()).isEqualTo("2025");
    }

    /** No province has such records: operators keep them. */
    @Test
    void members_of_an_alliance_need_no_report() {
        assertThat(headlineOf(figure("alliance-universities"))).isEqualTo(new HeadlineAnswer("2026", 0, 0, List.of()));
    }

    @Test
    void a_single_province_is_its_own_measure() {
        report(HEADCOUNT, 2025, provinces(32));
        report(HEADCOUNT, 2026, List.of("12"));

        assertThat(headlineOf(STUDENTS, Set.of("12"), CURRENT_YEAR).period()).isEqualTo("2026");
        assertThat(headlineOf(STUDENTS, Set.of("13"), CURRENT_YEAR))
                .isEqualTo(new HeadlineAnswer("2025", 1, 1, List.of(new ReportedPeriod("2026", 0, 1))));
    }

    @Test
    void at_a_past_moment_the_year_of_that_moment_is_the_current_one() {
        report(HEADCOUNT, 2023, provinces(10));
        report(HEADCOUNT, 2024, provinces(2));

        assertThat(headlineOf(STUDENTS, ALL_PROVINCES, 2024))
                .isEqualTo(new HeadlineAnswer("2023", 10, 10, List.of(new ReportedPeriod("2024", 2, 10))));
    }

    @Test
    void a_derived_figure_has_the_headline_that_all_its_inputs_allow() {
        report(HEADCOUNT, 2025, provinces(32));
        report(HEADCOUNT, 2026, provinces(32));
        report(TRAINING, 2025, provinces(10));
        report(TRAINING, 2026, provinces(2));

        assertThat(headlineOf(STUDENTS).period()).isEqualTo("2026");
        assertThat(headlineOf(derive(new DerivationRule.SumRule(List.of(STUDENTS, TRAINED)))))
                .isEqualTo(new HeadlineAnswer("2025", 10, 10, List.of(new ReportedPeriod("2026", 2, 10))));
        assertThat(headlineOf(derive(new DerivationRule.ShareRule(part(STUDENTS), part(TRAINED))))
                        .period())
                .isEqualTo("2025");
        assertThat(headlineOf(derive(new DerivationRule.GrowthRule(TRAINED))).period())
                .isEqualTo("2025");
        assertThat(headlineOf(derive(new DerivationRule.SumRule(List.of(SCHOOLS, TRAINED))))
                        .period())
                .as("a stock needs no report, the flow next to it does")
                .isEqualTo("2025");
    }

    @Test
    void a_change_needs_the_rule_for_both_of_its_years() {
        report(HEADCOUNT, 2022, provinces(30));
        report(HEADCOUNT, 2023, provinces(30));
        report(HEADCOUNT, 2024, provinces(3));
        report(HEADCOUNT, 2025, provinces(30));

        assertThat(headlineOf(STUDENTS).period()).isEqualTo("2025");
        assertThat(headlineOf(derive(new DerivationRule.ChangeRule(STUDENTS, 1)))
                        .period())
                .isEqualTo("2023");
        assertThat(headlineOf(derive(new DerivationRule.ChangeRule(STUDENTS, 2)))
                        .period())
                .isEqualTo("2025");
    }

    @Test
    void a_difference_needs_the_reports_of_its_year_and_of_the_year_before() {
        report("overseas-school", 2022, provinces(32));
        report(HEADCOUNT, 2022, provinces(30));
        report(HEADCOUNT, 2023, provinces(30));
        report(HEADCOUNT, 2024, provinces(3));
        report(HEADCOUNT, 2025, provinces(30));

        HeadlineAnswer headline = headlineOf(figure("overseas-schools-without-students"));
        assertThat(headline.period()).isEqualTo("2023");
        assertThat(headline.provinces()).isEqualTo(30);
        assertThat(headline.newer()).startsWith(new ReportedPeriod("2024", 3, 30));

        report(HEADCOUNT, 2024, provinces(30));
        assertThat(headlineOf(figure("overseas-schools-without-students")).period())
                .isEqualTo("2025");
    }

    @Test
    void a_share_of_a_published_number_needs_that_number() {
        Figure share = derive(new DerivationRule.PublishedShareRule(part(SCHOOLS), "all-schools"));

        assertThat(ruleOf(ALL_PROVINCES, CURRENT_YEAR, 2019).findHeadline(share).period())
                .isNull();
        report("overseas-school", 2015, provinces(3));
        HeadlineAnswer headline = ruleOf(ALL_PROVINCES, CURRENT_YEAR, 2019).findHeadline(share);
        assertThat(headline.period()).isEqualTo("2019");
        assertThat(headline.newer()).as("no report is missing").isEmpty();
    }

    private static List<String> provinces(int count) {
        return Stream.iterate(11, code -> code + 1)
                .limit(count)
                .map(String::valueOf)
                .toList();
    }

    private static Figure figure(String code) {
        return TestFigures.CATALOGUE.findFigure(code).orElseThrow();
    }

    private static DerivationRule.ShareOperand part(Figure of) {
        return new DerivationRule.ShareOperand(of, Map.of(), Set.of());
    }

    private static Figure derive(DerivationRule rule) {
        LocalizedText text = new LocalizedText("示例", "Example");
        return new DerivedFigure(
                "derived", 1, text, new Unit("percent", "%", "percent"), rule, List.of(), List.of(), text);
    }

    /** Replaces the provinces with records about a year. */
    private void report(String record, int year, List<String> by) {
        reports.computeIfAbsent(record, each -> new TreeMap<>()).put(year, new TreeSet<>(by));
    }

    private void submit(String service, int year, List<String> by) {
        by.forEach(province -> closings.put(
                new SenderYear(new SubmissionSender(service, province), year), new YearClosing("submitted", NOW)));
    }

    private HeadlineAnswer headlineOf(Figure figure) {
        return headlineOf(figure, ALL_PROVINCES, CURRENT_YEAR);
    }

    private HeadlineAnswer headlineOf(Figure figure, Set<String> provinces, int currentYear) {
        return ruleOf(provinces, currentYear, null).findHeadline(figure);
    }

    /** @param published the only year with a published number; null for none */
    private HeadlineRule ruleOf(Set<String> provinces, int currentYear, @Nullable Integer published) {
        Map<String, Map<Integer, YearFactCounts>> counts = new HashMap<>();
        reports.forEach((record, years) -> {
            Map<Integer, YearFactCounts> byYear = new TreeMap<>();
            years.forEach((year, senders) -> byYear.put(year, countOne(senders)));
            counts.put(record, byYear);
        });
        YearProgress progress = new YearProgress(
                new CoverageInputs(basis, counts, counts, EarlierPushes.EMPTY),
                new SubmissionState(closings, Map.of(), Map.of()),
                new LogTopics(Arrays.asList(
                        "overseas.overseas-school",
                        "overseas." + HEADCOUNT,
                        "overseas." + TRAINING,
                        "mobility." + ENROLMENT,
                        "feeds.alliance-member")),
                ZoneId.of("Asia/Shanghai"));
        return new HeadlineRule(progress, provinces, currentYear, (series, year) -> year.equals(published));
    }

    private static YearFactCounts countOne(Set<String> senders) {
        Map<String, Long> facts = new HashMap<>();
        senders.forEach(province -> facts.put(province, 1L));
        return new YearFactCounts(facts, Map.of());
    }
}
