package org.voyage.indicators.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivedFigureParserTest {

    private static final String COUNTED = """
            code: %s
            version: 1
            name: { zh: 测试, en: Test }
            unit: { code: things, zh: 个, en: things }
            record: foreign-teacher
            measure: { kind: count }
            period: { kind: %s }
            numbers: { stay: [startedOn, endedOn] }
            dimensions: [province, %s]
            lists: [%s]
            derivation: { zh: 测试, en: Test }
            """;

    private static final String DERIVED = """
            code: %s
            version: 1
            name: { zh: 测试, en: Test }
            unit: { code: %s, zh: 单位, en: unit }
            derive: { %s }
            derivation: { zh: 测试, en: Test }
            """;

    @Test
    void a_share_has_what_its_parts_have_in_common_without_its_own_conditions() {
        DerivedFigure share = (DerivedFigure) buildCatalogue(derivedDefinition(
                        "test",
                        "percent",
                        "kind: share, part: { of: left, where: { college: [x] } }, whole: { of: right }"))
                .findFigure("test")
                .orElseThrow();

        assertThat(share.dimensions()).containsExactly("province", "stay");
        assertThat(share.lists()).containsExactly("asean");
        assertThat(share.rule())
                .isInstanceOfSatisfying(
                        DerivationRule.ShareRule.class,
                        rule -> assertThat(rule.part().includedCodes()).isEqualTo(Map.of("college", Set.of("x"))));
    }

    @Test
    void a_share_may_be_of_a_number_that_was_published_elsewhere() {
        DerivedFigure share = (DerivedFigure) buildCatalogue(derivedDefinition(
                        "test",
                        "percent",
                        "kind: share, part: { of: left, where: { college: [x] } }, whole: { published: all-students }"))
                .findFigure("test")
                .orElseThrow();

        assertThat(share.dimensions()).containsExactly("province", "stay");
        assertThat(share.rule())
                .isInstanceOfSatisfying(
                        DerivationRule.PublishedShareRule.class,
                        rule -> assertThat(rule.series()).isEqualTo("all-students"));
    }

    /** In the order of their codes: answers name them, and a start must not change the entity tag. */
    @Test
    void the_codes_of_a_condition_are_in_the_order_of_their_texts() {
        DerivedFigure share = (DerivedFigure) buildCatalogue(derivedDefinition(
                        "test",
                        "percent",
                        "kind: share, part: { of: left, where: { college: [d, b, e, a, c] } }, whole: { of: right }"))
                .findFigure("test")
                .orElseThrow();

        assertThat(((DerivationRule.ShareRule) share.rule())
                        .part()
                        .includedCodes()
                        .get("college"))
                .containsExactly("a", "b", "c", "d", "e");
    }

    /** The reported figure is known by year. A day has the reports of its year, so the difference has months. */
    @Test
    void a_difference_of_stocks_is_a_count_with_months_and_with_the_dimensions_that_all_share() {
        DerivedFigure difference = (DerivedFigure) buildCatalogue(
                        derivedDefinition(
                                "test",
                                "things",
                                "kind: difference, of: left, minus: { of: right, where: { stay: [\"1..\"] } }, reported: yearly"))
                .findFigure("test")
                .orElseThrow();

        assertThat(difference.dimensions()).containsExactly("province");
        assertThat(difference.isStock()).isTrue();
        assertThat(difference.isKnownByYearOnly()).isFalse();
        assertThat(difference.isCount()).isTrue();
        assertThat(difference.reportedFigures()).extracting(Figure::code).containsExactly("yearly");
    }

    @Test
    void what_is_looked_at_one_by_one_is_no_dimension_any_more() {
        DerivedFigure median =
                (DerivedFigure) buildCatalogue(derivedDefinition("test", "days", "kind: median, of: left, each: stay"))
                        .findFigure("test")
                        .orElseThrow();

        assertThat(median.dimensions()).containsExactly("province", "college");
        assertThat(median.isStock()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: growth, of: nobody | percent | test:5: derive.of is \"nobody\", which is no figure",
                "kind: growth, of: test | percent | test:5: derive.of is \"test\", which is derived from this one",
                "kind: average, of: left | things | test:5: derive.kind is \"average\"; it must be share",
                "kind: change, of: left, over: 0 | percent | test:5: derive.over must be a whole number of 1 or more",
                "kind: change, of: left, weight: 3 | percent | test:5: derive.weight is not known here",
                "kind: change, of: left | things | test:4: unit.code must be percent",
                "kind: over, of: left, each: college, more-than: 3 | percent | test:4: unit.code must not be percent",
                "kind: over, of: left, each: college | things | test:5: derive.more-than must be a whole number",
                "kind: over, of: left, each: brand, more-than: 3 | things | test:5: derive.each is \"brand\", which is no dimension of left",
                "kind: concentration, of: left, each: college | things | test:5: derive needs either index: hhi or top",
                "kind: median, of: left, each: college | days | test:5: derive.each is \"college\", which holds no numbers",
                "kind: sum, of: [left] | things | test:5: derive.of must name at least two figures",
                "kind: sum, of: [left, flowing] | things | test:5: derive puts a stock and a flow together",
                "kind: difference, of: left, minus: { of: right }, reported: flowing | things"
                        + " | test:5: derive.reported is \"flowing\"; it must be a counted figure that is known by year only",
                "kind: difference, of: left, minus: { of: flowing }, reported: yearly | things | test:5: derive puts a stock and a flow",
                "kind: difference, of: left, minus: { of: right } | things | test:5: derive.reported is missing",
                "kind: difference, of: left, minus: { of: right, where: { brand: [x] } }, reported: yearly | things"
                        + " | test:5: derive.minus.where.brand is no dimension of right",
                "kind: growth, of: shared | percent | test:5: derive.of is \"shared\", a share, which has no value where there is nothing",
                "kind: share, part: { of: left, where: { brand: [x] } }, whole: { of: right } | percent"
                        + " | test:5: derive.part.where.brand is no dimension of left",
                "kind: share, part: { of: left }, whole: { of: right, all: [brand] } | percent"
                        + " | test:5: derive.whole.all names \"brand\", which is no dimension of right",
            })
    void a_bad_derivation_is_refused_with_its_line_and_why(String derive, String unit, String reason) {
        assertThatThrownBy(() -> buildCatalogue(derivedDefinition("test", unit, derive)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void figures_that_are_derived_from_each_other_are_refused() {
        assertThatThrownBy(() -> buildCatalogue(
                        derivedDefinition("first", "things", "kind: sum, of: [left, second]"),
                        derivedDefinition("second", "things", "kind: sum, of: [first, left]")))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining(
                        "second:5: derive.of is \"first\", which is derived from this one: first <- second <- first");
    }

    @Test
    void broken_yaml_is_refused_with_its_line() {
        assertThatThrownBy(
                        () -> new DefinitionFile("broken", "code: a\nversion: [1\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageMatching("(?s)broken:\\d+: is not readable YAML.*");
    }

    private static DefinitionFile derivedDefinition(String code, String unit, String derive) {
        return parseDefinition(code, DERIVED.formatted(code, unit, derive));
    }

    private static FigureCatalogue buildCatalogue(DefinitionFile... more) {
        String stock = "stock, from: startedOn, until: endedOn";
        DefinitionSet definitions = new DefinitionSet();
        definitions.addOrReplace(
                parseDefinition("left", COUNTED.formatted("left", stock, "college, stay", "asean, eu")));
        definitions.addOrReplace(parseDefinition("right", COUNTED.formatted("right", stock, "stay, college", "asean")));
        definitions.addOrReplace(parseDefinition(
                "flowing", COUNTED.formatted("flowing", "flow, date: endedOn", "college, stay", "asean")));
        definitions.addOrReplace(parseDefinition(
                "yearly",
                COUNTED.formatted("yearly", "flow, year: year", "major", "asean")
                        .replace("foreign-teacher", "overseas-headcount")
                        .replace("stay: [startedOn, endedOn]", "major: students")));
        definitions.addOrReplace(
                derivedDefinition("shared", "percent", "kind: share, part: { of: left }, whole: { of: right }"));
        for (DefinitionFile one : more) {
            definitions.addOrReplace(one);
        }
        return definitions.buildCatalogue();
    }

    private static DefinitionFile parseDefinition(String file, String yaml) {
        return new DefinitionFile(file, yaml.getBytes(StandardCharsets.UTF_8));
    }
}
