package org.voyage.indicators.feature.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.feature.published.PublishedFileParser;
import org.voyage.indicators.feature.published.PublishedStatistic;
import org.voyage.indicators.feature.published.SampleStatistics;

class ContradictionFinderTest {

    @Test
    void the_published_set_contradicts_itself_in_these_five_places() {
        List<Contradiction> found = ContradictionFinder.findAll(PublishedFileParser.readBuiltIn());

        assertThat(found)
                .extracting(
                        Contradiction::rule,
                        contradiction -> contradiction.figures().getFirst())
                .containsExactlyInAnyOrder(
                        tuple("increment-over-several-years", "cooperative-institutions@2020"),
                        tuple("increment-over-several-years", "cooperative-programmes@2020"),
                        tuple("more-than-contradicted-later", "curriculum-standards-adopted-abroad@2021"),
                        tuple("parts-against-whole", "standards-adopted-abroad@2019"),
                        tuple("growth-of-no-whole-number", "curriculum-standards-guangxi-growth@2023"));
    }

    @ParameterizedTest
    @CsvSource({
        "22.5, 221, false",
        "22.8, 221, true",
        "22.10, 221, true",
        "22, 28, true",
        "-50, 5, true",
        "0.1, 3, false"
    })
    void a_growth_of_a_count_needs_a_whole_number_before(String percent, String now, boolean possible) {
        List<PublishedStatistic> lines = List.of(
                sampleLine("things", now, "things", ""),
                sampleLine("things-growth", percent, "percent", "year-on-year growth of things"));

        assertThat(IntegralBaseCountRule.findContradictions(lines)).hasSize(possible ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"15, false", "15.0, false", "15.00, false", "14.9, true", "16, true"})
    void a_share_is_what_its_parts_make_of_it(String percent, boolean wrong) {
        List<PublishedStatistic> lines = List.of(
                sampleLine("things", "30", "things", ""),
                sampleLine("all-things", "200", "things", ""),
                sampleLine("share-of-things", percent, "percent", "things / all-things"));

        assertThat(ContradictionFinder.findAll(lines))
                .extracting(Contradiction::rule)
                .isEqualTo(wrong ? List.of("share-recomputed") : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "2023, year-on-year growth of things, 21, false",
        "2023, year-on-year growth of things, 20.9, true",
        "2021/2023, compound annual growth rate of things, 10, false",
        "2021/2023, compound annual growth rate of things, 10.5, true"
    })
    void a_growth_is_what_its_years_make_of_it(String period, String derivation, String percent, boolean wrong) {
        List<PublishedStatistic> lines = List.of(
                SampleStatistics.sampleLine("test", "things", "2021", "1000"),
                SampleStatistics.sampleLine("test", "things", "2022", "1000"),
                SampleStatistics.sampleLine("test", "things", "2023", "1210"),
                SampleStatistics.withRelation(
                        SampleStatistics.sampleLine("test", "things-growth", period, percent),
                        "=",
                        "percent",
                        derivation));

        assertThat(ContradictionFinder.findAll(lines))
                .extracting(Contradiction::rule)
                .isEqualTo(wrong ? List.of("growth-recomputed") : List.of());
    }

    @Test
    void two_sets_that_print_different_numbers_contradict_each_other() {
        List<PublishedStatistic> lines = List.of(
                SampleStatistics.sampleLine("bulletin", "things", "2023", "10"),
                SampleStatistics.sampleLine("yearbook", "things", "2023", "10.0"),
                SampleStatistics.sampleLine("bulletin", "others", "2023", "7"),
                SampleStatistics.sampleLine("yearbook", "others", "2023", "8"),
                SampleStatistics.withRelation(
                        SampleStatistics.sampleLine("digest", "others", "2023", "5"), ">", "things", ""));

        List<Contradiction> found = ContradictionFinder.findAll(lines);

        assertThat(found).singleElement().satisfies(twice -> {
            assertThat(twice.rule()).isEqualTo("published-twice");
            assertThat(twice.sets()).containsExactly("bulletin", "yearbook");
            assertThat(twice.explanation().en()).contains("7 (bulletin)", "8 (yearbook)");
        });
    }

    /** Both sets contain 2023, and each increase is relative to the year before in its own set. */
    @Test
    void a_line_is_compared_with_its_own_set_first_and_with_another_where_its_own_has_none() {
        List<PublishedStatistic> sound = List.of(
                SampleStatistics.sampleLine("bulletin", "things", "2022", "10"),
                SampleStatistics.withIncrement(SampleStatistics.sampleLine("bulletin", "things", "2023", "13"), "3"),
                SampleStatistics.sampleLine("yearbook", "things", "2022", "11"),
                SampleStatistics.withIncrement(SampleStatistics.sampleLine("yearbook", "things", "2023", "13"), "2"),
                SampleStatistics.withIncrement(SampleStatistics.sampleLine("digest", "things", "2024", "15"), "2"));
        List<PublishedStatistic> wrong = List.of(
                SampleStatistics.sampleLine("bulletin", "things", "2023", "13"),
                SampleStatistics.withIncrement(SampleStatistics.sampleLine("digest", "things", "2024", "15"), "1"));

        List<Contradiction> found = ContradictionFinder.findAll(wrong);

        assertThat(ContradictionFinder.findAll(sound))
                .extracting(Contradiction::rule)
                .containsExactly("published-twice");
        assertThat(found).extracting(Contradiction::rule).containsExactly("level-against-increment");
        assertThat(found.getFirst().sets()).containsExactly("bulletin", "digest");
    }

    /** The other set has a year in between. */
    @Test
    void an_increase_is_over_the_line_before_in_its_own_set() {
        List<PublishedStatistic> lines = List.of(
                SampleStatistics.sampleLine("bulletin", "things", "2020", "41"),
                SampleStatistics.withIncrement(SampleStatistics.sampleLine("bulletin", "things", "2022", "50"), "9"),
                SampleStatistics.sampleLine("yearbook", "things", "2021", "45"));

        assertThat(ContradictionFinder.findAll(lines))
                .extracting(Contradiction::rule)
                .containsExactly("increment-over-several-years");
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'2017 900', true", "'2017 4100', false"})
    void fewer_than_more_than_before_is_a_contradiction_in_a_series_that_never_falls(String more, boolean wrong) {
        List<PublishedStatistic> lines = new ArrayList<>(List.of(
                SampleStatistics.sampleLine("test", "things", "2018", "4000"),
                SampleStatistics.withRelation(
                        SampleStatistics.sampleLine("test", "things", "2019", "5000"), ">", "things", ""),
                SampleStatistics.sampleLine("test", "things", "2020", "3000")));
        if (!more.isEmpty()) {
            lines.add(SampleStatistics.sampleLine("test", "things", more.substring(0, 4), more.substring(5)));
        }

        assertThat(ContradictionFinder.findAll(lines))
                .extracting(Contradiction::rule)
                .isEqualTo(wrong ? List.of("more-than-contradicted-later") : List.of());
    }

    @Test
    void fewer_than_more_than_before_is_one_in_another_set_too() {
        List<PublishedStatistic> lines = List.of(
                SampleStatistics.sampleLine("yearbook", "things", "2018", "1000"),
                SampleStatistics.withRelation(
                        SampleStatistics.sampleLine("bulletin", "things", "2019", "5000"), ">", "things", ""),
                SampleStatistics.sampleLine("yearbook", "things", "2020", "3000"));

        assertThat(ContradictionFinder.findAll(lines))
                .extracting(Contradiction::rule)
                .containsExactly("more-than-contradicted-later");
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "~"})
    void of_what_is_not_exact_nothing_is_recomputed(String relation) {
        List<PublishedStatistic> lines = List.of(
                SampleStatistics.withRelation(
                        SampleStatistics.sampleLine("test", "things", "2022", "100"), relation, "things", ""),
                SampleStatistics.withIncrement(SampleStatistics.sampleLine("test", "things", "2023", "150"), "40"),
                sampleLine("all-things", "200", "things", ""),
                SampleStatistics.withRelation(
                        SampleStatistics.sampleLine("test", "some", "2023", "50"), relation, "things", ""),
                sampleLine("share-of-some", "26", "percent", "some / all-things"),
                sampleLine("things-growth", "48", "percent", "year-on-year growth of things"));

        assertThat(ContradictionFinder.findAll(lines)).isEmpty();
    }

    @Test
    void parts_of_nothing_and_growth_from_nothing_are_no_mistakes_of_the_program() {
        List<PublishedStatistic> lines = List.of(
                SampleStatistics.sampleLine("bulletin", "things", "2022", "0"),
                SampleStatistics.sampleLine("bulletin", "things", "2023", "0"),
                SampleStatistics.withRelation(
                        SampleStatistics.sampleLine("bulletin", "share", "2023", "5"),
                        "=",
                        "percent",
                        "things / things"),
                SampleStatistics.withRelation(
                        SampleStatistics.sampleLine("bulletin", "growth", "2023", "5"),
                        "=",
                        "percent",
                        "year-on-year growth of things"));

        assertThat(ContradictionFinder.findAll(lines)).isEmpty();
    }

    private static PublishedStatistic sampleLine(String figure, String value, String unit, String derivation) {
        return SampleStatistics.withRelation(
                SampleStatistics.sampleLine("test", figure, "2023", value), "=", unit, derivation);
    }
}
