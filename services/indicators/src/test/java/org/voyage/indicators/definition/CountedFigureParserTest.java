package org.voyage.indicators.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.definition.PeriodRule.StockPeriodRule;

class CountedFigureParserTest {

    private static final String PERIOD = "period: { kind: stock, from: decidedOn, until: [expiresOn, revokedOn] }\n";
    private static final String EXCEPT = "except: { country: [CHN, HKG] }\n";

    @Test
    void what_a_fact_must_not_have_is_read() {
        assertThat(parseFigure(PERIOD + EXCEPT).excludedCodes()).isEqualTo(Map.of("country", Set.of("CHN", "HKG")));
    }

    @Test
    void a_definition_without_except_excludes_nothing() {
        assertThat(parseFigure(PERIOD).excludedCodes()).isEmpty();
    }

    @Test
    void an_except_without_values_is_refused() {
        assertThatThrownBy(() -> parseFigure(PERIOD + "except: { country: [] }\n"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessage("test.yaml:10: except.country must be a list with at least one element");
    }

    @Test
    void invalid_yaml_is_refused_with_the_line_of_the_mistake() {
        assertThatThrownBy(() -> parseFigure(PERIOD + "lists:\n\t- asean\n"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageStartingWith("test.yaml:11: is not readable YAML");
    }

    @Test
    void a_stock_may_end_in_several_ways() {
        assertThat(parseFigure(PERIOD).period())
                .isEqualTo(new StockPeriodRule(
                        List.of(dateOf("", "decidedOn", 0)),
                        List.of(dateOf("", "expiresOn", 0), dateOf("", "revokedOn", 0))));
    }

    @Test
    void a_stock_may_begin_and_end_years_after_dates_of_its_own_and_of_joined_records() {
        assertThat(parseFigure("overseas-headcount", "major", """
                        period:
                          kind: stock
                          from: [{ year: year }, { date: school.openedOn, plus-years: 2 }]
                          until: [{ year: year, plus-years: 2 }, school.closedOn]
                        join: { school: overseas-school }
                        """).period())
                .isEqualTo(new StockPeriodRule(
                        List.of(new PeriodBoundary("", "year", true, 0), dateOf("school", "openedOn", 2)),
                        List.of(new PeriodBoundary("", "year", true, 2), dateOf("school", "closedOn", 0))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from: [school.openedOn] | period.from must name a field of the record itself",
                "from: { date: openedOn, year: year } | period.from needs either a year or a date",
                "from: { plus-years: 2 } | period.from needs either a year or a date",
                "from: { date: openedOn, plus-years: 101 } | period.from.plus-years must be at most 100",
                "from: { date: openedOn, plus-years: 0 } | period.from.plus-years must be a whole number of 1",
                "from: { date: openedOn, minus-years: 1 } | period.from.minus-years is not known here",
                "until: closedOn | period.from is missing"
            })
    void a_stock_without_a_beginning_of_its_own_is_refused(String boundaries, String message) {
        assertThatThrownBy(() -> parseFigure("period: { kind: stock, " + boundaries + " }\n"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_day_of_a_joined_record_must_be_a_date_of_a_record_that_is_joined() {
        String period = "period: { kind: stock, from: [{ year: year }, %s] }\njoin: { school: overseas-school }\n";
        assertThatThrownBy(() -> parseFigure("overseas-headcount", "major", period.formatted("schools.openedOn")))
                .hasMessageContaining("period.from names \"schools\", which joins no record");
        assertThatThrownBy(() -> parseFigure("overseas-headcount", "major", period.formatted("school.opened")))
                .hasMessageContaining("period.from names \"opened\", which is no field of the record");
        assertThatThrownBy(
                        () -> parseFigure("overseas-headcount", "major", period.formatted("{ year: school.openedOn }")))
                .hasMessageContaining("period.from");
    }

    private static PeriodBoundary dateOf(String link, String field, int addedYears) {
        return new PeriodBoundary(link, field, false, addedYears);
    }

    @Test
    void what_says_nothing_of_the_outside_is_closed_to_it() {
        assertThat(parseFigure(PERIOD).publicAccess()).isEqualTo(new PublicAccess.ClosedAccess());
        assertThat(parseFigure(PERIOD + "outside: { kind: open }\n").publicAccess())
                .isEqualTo(new PublicAccess.OpenAccess());
        assertThat(parseFigure(PERIOD + "outside: { kind: released, by: country }\n")
                        .publicAccess())
                .isEqualTo(new PublicAccess.ReleasedAccess(List.of("country")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "kind: open, by: country; by is not known here",
                "kind: free; must be open or released",
                "kind: released; by is missing",
                "kind: released, by: province; by which nothing is released",
                "kind: released, by: brand; is not among the dimensions",
            })
    void an_outside_that_makes_no_sense_is_refused(String outside, String reason) {
        assertThatThrownBy(() -> parseFigure(PERIOD + "outside: { " + outside + " }\n"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageStartingWith("test.yaml:10: outside")
                .hasMessageContaining(reason);
    }

    /** Open figures of schools show the country of each brand: brand and country are not two secrets. */
    @Test
    void what_comes_from_a_joined_record_is_released_by_one_dimension() {
        String joined = PERIOD + "join: { standard: standard }\n";

        assertThat(parseFigure(joined + "outside: { kind: released, by: [country] }\n")
                        .publicAccess())
                .isInstanceOf(PublicAccess.ReleasedAccess.class);
        assertThatThrownBy(() -> parseFigure(joined + "outside: { kind: released, by: [country, level] }\n"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("must name one dimension only");
    }

    /** The field would be unknown in every record, and the figure 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "period: { kind: flow, date: decidedOm };:9: period.date names \"decidedOm\", which is no field of the record; did you mean decidedOn",
                "period: { kind: stock, from: decidedOn, until: [expiresOn, revoked] };:9: period.until names \"revoked\"",
                "period: { kind: flow, date: decidedOn }@where: { levle: [certified] };:10: where.levle names \"levle\"",
                "period: { kind: flow, date: decidedOn }@where: { level: [opened] };:10: where.level names \"opened\", which is no code of level",
                "period: { kind: flow, date: decidedOn }@except: { level: [certifid] };did you mean certified",
                "period: { kind: flow, date: decidedOn }@join: { standrad: standard };:10: join.standrad names",
                "period: { kind: flow, date: decidedOn }@each: { level: developingCollege };:10: each.level names",
                "period: { kind: flow, date: decidedOn }@numbers: { level: dayz };:10: numbers.level names \"dayz\"",
            })
    void a_field_or_code_that_the_record_does_not_have_is_refused(String more, String reason) {
        assertThatThrownBy(() -> parseFigure(more.replace("@", "\n") + "\n"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_misspelt_dimension_is_refused_where_the_dimensions_stand() {
        assertThatThrownBy(() -> new DefinitionFile("test.yaml", """
                code: test
                version: 1
                name: { zh: 测试, en: Test }
                unit: { code: things, zh: 个, en: things }
                record: overseas-headcount
                measure: { kind: sum, of: studentz }
                period: { kind: flow, year: year }
                join: { school: overseas-school }
                dimensions: [province, colour]
                derivation: { zh: 测试, en: Test }
                """.getBytes(StandardCharsets.UTF_8))
                        .toFigure((code, bad) -> {
                            throw bad.invalid("is not looked for", "is not looked for");
                        }))
                .hasMessage("test.yaml:9: dimensions names \"colour\", which is no field of the record");
    }

    /** Readers of YAML 1.1 take the name "on" for the truth value. */
    @Test
    void the_day_of_a_flow_is_its_date_and_the_old_spelling_is_still_read() {
        assertThat(parseFigure("period: { kind: flow, date: decidedOn }\n").period())
                .isEqualTo(
                        parseFigure("period: { kind: flow, on: decidedOn }\n").period())
                .isEqualTo(new PeriodRule.DateFlowPeriodRule("decidedOn"));
        assertThatThrownBy(() -> parseFigure("period: { kind: flow, on: decidedOm }\n"))
                .hasMessageContaining(":9: period.on names \"decidedOm\"");
        assertThatThrownBy(() -> parseFigure("period: { kind: flow, on: decidedOn, date: decidedOn }\n"))
                .hasMessageContaining("needs either period.year or period.date");
    }

    private static CountedFigure parseFigure(String more) {
        return parseFigure("recognition", "country, level", more);
    }

    private static CountedFigure parseFigure(String record, String dimensions, String more) {
        return (CountedFigure) new DefinitionFile(
                        "test.yaml", ("""
                code: test
                version: 1
                name: { zh: 测试, en: Test }
                unit: { code: things, zh: 个, en: things }
                record: %s
                measure: { kind: count }
                dimensions: [province, %s]
                derivation: { zh: 测试, en: Test }
                """.formatted(record, dimensions) + more).getBytes(StandardCharsets.UTF_8))
                .toFigure((code, bad) -> {
                    throw bad.invalid("is not looked for", "is not looked for");
                });
    }
}
