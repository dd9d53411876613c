package org.voyage.indicators.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.published.PublishedLine;
import org.voyage.indicators.published.PublishedLines;
import org.voyage.indicators.published.PublishedReader;

class ContradictionsTest {

    @Test
    void thePublishedSetContradictsItselfInTheseFivePlaces() {
        List<Contradiction> found = Contradictions.in(PublishedReader.builtIn());

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
        List<PublishedLine> lines = List.of(
                line("things", now, "things", ""),
                line("things-growth", percent, "percent", "year-on-year growth of things"));

        assertThat(WholeNumbersRule.check(lines)).hasSize(possible ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"15, false", "15.0, false", "15.00, false", "14.9, true", "16, true"})
    void a_share_is_what_its_parts_make_of_it(String percent, boolean wrong) {
        List<PublishedLine> lines = List.of(
                line("things", "30", "things", ""),
                line("all-things", "200", "things", ""),
                line("share-of-things", percent, "percent", "things / all-things"));

        assertThat(Contradictions.in(lines))
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
        List<PublishedLine> lines = List.of(
                PublishedLines.line("test", "things", "2021", "1000"),
                PublishedLines.line("test", "things", "2022", "1000"),
                PublishedLines.line("test", "things", "2023", "1210"),
                PublishedLines.related(
                        PublishedLines.line("test", "things-growth", period, percent), "=", "percent", derivation));

        assertThat(Contradictions.in(lines))
                .extracting(Contradiction::rule)
                .isEqualTo(wrong ? List.of("growth-recomputed") : List.of());
    }

    @Test
    void two_sets_that_print_different_numbers_contradict_each_other() {
        List<PublishedLine> lines = List.of(
                PublishedLines.line("bulletin", "things", "2023", "10"),
                PublishedLines.line("yearbook", "things", "2023", "10.0"),
                PublishedLines.line("bulletin", "others", "2023", "7"),
                PublishedLines.line("yearbook", "others", "2023", "8"),
                PublishedLines.related(PublishedLines.line("digest", "others", "2023", "5"), ">", "things", ""));

        List<Contradiction> found = Contradictions.in(lines);

        assertThat(found).singleElement().satisfies(twice -> {
            assertThat(twice.rule()).isEqualTo("published-twice");
            assertThat(twice.sets()).containsExactly("bulletin", "yearbook");
            assertThat(twice.explanation().en()).contains("7 (bulletin)", "8 (yearbook)");
        });
    }

    /** 2023 stands in both sets, and each increase is over the year before in its own. */
    @Test
    void a_line_is_compared_with_its_own_set_first_and_with_another_where_its_own_has_none() {
        List<PublishedLine> sound = List.of(
                PublishedLines.line("bulletin", "things", "2022", "10"),
                PublishedLines.increased(PublishedLines.line("bulletin", "things", "2023", "13"), "3"),
                PublishedLines.line("yearbook", "things", "2022", "11"),
                PublishedLines.increased(PublishedLines.line("yearbook", "things", "2023", "13"), "2"),
                PublishedLines.increased(PublishedLines.line("digest", "things", "2024", "15"), "2"));
        List<PublishedLine> wrong = List.of(
                PublishedLines.line("bulletin", "things", "2023", "13"),
                PublishedLines.increased(PublishedLines.line("digest", "things", "2024", "15"), "1"));

        List<Contradiction> found = Contradictions.in(wrong);

        assertThat(Contradictions.in(sound)).extracting(Contradiction::rule).containsExactly("published-twice");
        assertThat(found).extracting(Contradiction::rule).containsExactly("level-against-increment");
        assertThat(found.getFirst().sets()).containsExactly("bulletin", "digest");
    }

    /** The other set has a year between. */
    @Test
    void an_increase_is_over_the_line_before_in_its_own_set() {
        List<PublishedLine> lines = List.of(
                PublishedLines.line("bulletin", "things", "2020", "41"),
                PublishedLines.increased(PublishedLines.line("bulletin", "things", "2022", "50"), "9"),
                PublishedLines.line("yearbook", "things", "2021", "45"));

        assertThat(Contradictions.in(lines))
                .extracting(Contradiction::rule)
                .containsExactly("increment-over-several-years");
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'2017 900', true", "'2017 4100', false"})
    void fewer_than_more_than_before_is_a_contradiction_in_a_series_that_never_falls(String more, boolean wrong) {
        List<PublishedLine> lines = new ArrayList<>(List.of(
                PublishedLines.line("test", "things", "2018", "4000"),
                PublishedLines.related(PublishedLines.line("test", "things", "2019", "5000"), ">", "things", ""),
                PublishedLines.line("test", "things", "2020", "3000")));
        if (!more.isEmpty()) {
            lines.add(PublishedLines.line("test", "things", more.substring(0, 4), more.substring(5)));
        }

        assertThat(Contradictions.in(lines))
                .extracting(Contradiction::rule)
                .isEqualTo(wrong ? List.of("more-than-contradicted-later") : List.of());
    }

    @Test
    void fewer_than_more_than_before_is_one_in_another_set_too() {
        List<PublishedLine> lines = List.of(
                PublishedLines.line("yearbook", "things", "2018", "1000"),
                PublishedLines.related(PublishedLines.line("bulletin", "things", "2019", "5000"), ">", "things", ""),
                PublishedLines.line("yearbook", "things", "2020", "3000"));

        assertThat(Contradictions.in(lines))
                .extracting(Contradiction::rule)
                .containsExactly("more-than-contradicted-later");
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "~"})
    void of_what_is_not_exact_nothing_is_recomputed(String relation) {
        List<PublishedLine> lines = List.of(
                PublishedLines.related(PublishedLines.line("test", "things", "2022", "100"), relation, "things", ""),
                PublishedLines.increased(PublishedLines.line("test", "things", "2023", "150"), "40"),
                line("all-things", "200", "things", ""),
                PublishedLines.related(PublishedLines.line("test", "some", "2023", "50"), relation, "things", ""),
                line("share-of-some", "26", "percent", "some / all-things"),
                line("things-growth", "48", "percent", "year-on-year growth of things"));

        assertThat(Contradictions.in(lines)).isEmpty();
    }

    @Test
    void parts_of_nothing_and_growth_from_nothing_are_no_mistakes_of_the_program() {
        List<PublishedLine> lines = List.of(
                PublishedLines.line("bulletin", "things", "2022", "0"),
                PublishedLines.line("bulletin", "things", "2023", "0"),
                PublishedLines.related(
                        PublishedLines.line("bulletin", "share", "2023", "5"), "=", "percent", "things / things"),
                PublishedLines.related(
                        PublishedLines.line("bulletin", "growth", "2023", "5"),
                        "=",
                        "percent",
                        "year-on-year growth of things"));

        assertThat(Contradictions.in(lines)).isEmpty();
    }

    private static PublishedLine line(String figure, String value, String unit, String derivation) {
        return PublishedLines.related(PublishedLines.line("test", figure, "2023", value), "=", unit, derivation);
    }
}
