package org.voyage.indicators.feature.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.evidence.LastChangeQuery.ProvinceRecordYear;
import org.voyage.indicators.feature.completeness.CoverageCalculator.CoverageInputs;
import org.voyage.indicators.feature.completeness.LastPushTracker.EarlierPushes;
import org.voyage.indicators.feature.completeness.SubmissionStore.SenderYear;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionSender;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionState;
import org.voyage.indicators.feature.completeness.SubmissionStore.YearClosing;
import org.voyage.indicators.live.FactCountsByYear.YearFactCounts;
import org.voyage.kit.log.LogTopics;

/** Test of who has reported about a year. Province 12 opened its only school in 2015, and sent it in 2018. */
class YearProgressTest {

    private static final String SCHOOL = "overseas-school";
    private static final LogTopics TOPICS =
            new LogTopics(List.of("overseas.overseas-school", "overseas.overseas-headcount"));
    private static final Set<String> ASKED = Set.of("12", "32");
    private static final Map<Integer, YearFactCounts> SCHOOLS =
            Map.of(2015, new YearFactCounts(Map.of("12", 1L), Map.of("12", Instant.parse("2018-06-01T00:00:00Z"))));

    @Test
    void a_stock_is_reported_until_the_year_in_which_the_province_last_sent_something() {
        YearProgress progress = progressOf(YearBasis.STOCK, Map.of(SCHOOL, SCHOOLS), SubmissionState.EMPTY);

        assertThat(progress.reportingProvinces(ASKED, 2014)).containsExactly("12");
        assertThat(progress.reportingProvinces(ASKED, 2018)).containsExactly("12");
        assertThat(progress.reportingProvinces(ASKED, 2019)).isEmpty();
        assertThat(progress.lastReportedYear(ASKED, 2026)).hasValue(2015);
    }

    @Test
    void facts_of_a_later_year_and_pushes_before_the_start_count_too() {
        Map<Integer, YearFactCounts> headcounts = Map.of(2021, new YearFactCounts(Map.of("12", 4L), Map.of()));
        YearProgress later = progressOf(
                YearBasis.STOCK, Map.of(SCHOOL, SCHOOLS, "overseas-headcount", headcounts), SubmissionState.EMPTY);
        YearProgress told = new YearProgress(
                new CoverageInputs(
                        YearBasis.STOCK,
                        Map.of(SCHOOL, SCHOOLS),
                        Map.of(SCHOOL, SCHOOLS),
                        new EarlierPushes(Map.of(
                                new ProvinceRecordYear(SCHOOL, "12", 2015), Instant.parse("2023-12-31T20:00:00Z")))),
                SubmissionState.EMPTY,
                TOPICS,
                ZoneId.of("Asia/Shanghai"));

        assertThat(later.reportingProvinces(ASKED, 2021)).containsExactly("12");
        assertThat(later.reportingProvinces(ASKED, 2022)).isEmpty();
        assertThat(told.reportingProvinces(ASKED, 2024))
                .as("in China it was 2024")
                .containsExactly("12");
    }

    @Test
    void a_submitted_year_is_reported_without_any_record() {
        SubmissionState submitted = submittedIn("32", 2020);

        assertThat(progressOf(YearBasis.STOCK, Map.of(SCHOOL, Map.of()), submitted)
                        .reportingProvinces(ASKED, 2019))
                .containsExactly("32");
        assertThat(progressOf(YearBasis.OWN_YEAR, Map.of(SCHOOL, Map.of()), submitted)
                        .reportingProvinces(ASKED, 2020))
                .containsExactly("32");
        assertThat(progressOf(YearBasis.OWN_YEAR, Map.of(SCHOOL, Map.of()), submitted)
                        .isReported(ASKED, 2019))
                .isFalse();
    }

    @Test
    void a_flow_is_reported_in_the_years_of_its_records_only() {
        YearProgress progress = progressOf(YearBasis.OWN_YEAR, Map.of(SCHOOL, SCHOOLS), SubmissionState.EMPTY);

        assertThat(progress.reportingProvinces(ASKED, 2015)).containsExactly("12");
        assertThat(progress.reportingProvinces(ASKED, 2016)).isEmpty();
        assertThat(progress.lastReportedYear(ASKED, 2026)).hasValue(2015);
        assertThat(progress.lastReportedYear(ASKED, 2014)).isEmpty();
    }

    /** Nothing can end before the first school has opened. */
    @Test
    void a_flow_of_ends_is_reported_once_something_has_begun() {
        YearProgress progress = progressOf(YearBasis.LATER_DAY, Map.of(SCHOOL, SCHOOLS), SubmissionState.EMPTY);

        assertThat(progress.reportingProvinces(ASKED, 2014)).isEmpty();
        assertThat(progress.reportingProvinces(ASKED, 2015)).containsExactly("12");
        assertThat(progress.reportingProvinces(ASKED, 2018)).containsExactly("12");
        assertThat(progress.reportingProvinces(ASKED, 2019)).isEmpty();
    }

    @Test
    void a_later_submission_is_no_report_of_ends_in_a_year_before_anything_began() {
        SubmissionState submitted = submittedIn("12", 2020);

        YearProgress progress = progressOf(YearBasis.LATER_DAY, Map.of(SCHOOL, SCHOOLS), submitted);

        assertThat(progress.reportingProvinces(ASKED, 2014)).isEmpty();
        assertThat(progress.reportingProvinces(ASKED, 2019)).containsExactly("12");
        assertThat(progressOf(YearBasis.LATER_DAY, Map.of(), submitted).reportingProvinces(ASKED, 2020))
                .containsExactly("12");
    }

    @Test
    void records_that_operators_keep_are_reported_in_every_year_once_there_is_one() {
        Map<Integer, YearFactCounts> members =
                Map.of(2015, new YearFactCounts(Map.of("00", 1L), Map.of("00", Instant.parse("2018-06-01T00:00:00Z"))));
        YearProgress progress = progressOf(YearBasis.STOCK, Map.of(SCHOOL, members), SubmissionState.EMPTY);

        assertThat(progress.isReported(ASKED, 2014)).isTrue();
        assertThat(progress.isReported(ASKED, 2026)).isTrue();
        assertThat(progress.reportingProvinces(ASKED, 2026)).isEmpty();
        assertThat(progressOf(YearBasis.STOCK, Map.of(), SubmissionState.EMPTY).isReported(ASKED, 2026))
                .isFalse();
    }

    /** How many schools open in a year differs by nature; a plan says how many records to expect. */
    @Test
    void a_stock_is_compared_with_its_plan_and_never_with_the_other_year() {
        Map<Integer, YearFactCounts> schools = Map.of(2015, countOf(100), 2016, countOf(30));
        SubmissionState planned = new SubmissionState(
                Map.of(), Map.of(), Map.of(new SenderYear(new SubmissionSender("overseas", "12"), 2016), 100L));

        assertThat(progressOf(YearBasis.STOCK, Map.of(SCHOOL, schools), SubmissionState.EMPTY)
                        .volumeStatuses("12", 2016, 2015))
                .isEmpty();
        assertThat(progressOf(YearBasis.STOCK, Map.of(SCHOOL, schools), planned).volumeStatuses("12", 2016, 2015))
                .containsExactly(VolumeStatus.FEWER);
        assertThat(progressOf(YearBasis.OWN_YEAR, Map.of(SCHOOL, schools), SubmissionState.EMPTY)
                        .volumeStatuses("12", 2016, 2015))
                .containsExactly(VolumeStatus.FEWER);
    }

    private static YearFactCounts countOf(long records) {
        return new YearFactCounts(Map.of("12", records), Map.of());
    }

    private static SubmissionState submittedIn(String province, int year) {
        return new SubmissionState(
                Map.of(
                        new SenderYear(new SubmissionSender("overseas", province), year),
                        new YearClosing("submitted", Instant.EPOCH)),
                Map.of(),
                Map.of());
    }

    private static YearProgress progressOf(
            YearBasis basis, Map<String, Map<Integer, YearFactCounts>> services, SubmissionState state) {
        return new YearProgress(
                new CoverageInputs(
                        basis, Map.of(SCHOOL, services.getOrDefault(SCHOOL, Map.of())), services, EarlierPushes.EMPTY),
                state,
                TOPICS,
                ZoneId.of("Asia/Shanghai"));
    }
}
