package org.voyage.indicators.feature.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.InvalidDefinitionException;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.definition.PublicAccess;
import org.voyage.indicators.definition.Unit;

class ReleaseTablesTest {

    private static final LocalizedText TEXT = new LocalizedText("示例", "Example");
    private static final PublicAccess BY_COUNTRY = new PublicAccess.ReleasedAccess(List.of("nationality"));

    @Test
    void countries_stand_together_by_region_and_sub_region() {
        CountedFigure figure = createFigure("a", "inbound-enrolment", BY_COUNTRY);
        List<String> codes = createTables(figure).codesOf(figure, "nationality");

        assertThat(codes).hasSizeGreaterThan(240).contains("THA", "unknown").doesNotHaveDuplicates();
        assertThat(codes.stream()
                        .map(code -> TestFigures.REFERENCE.geography().regionOf("subRegion", code))
                        .distinct()
                        .count())
                .as("no sub-region in two places")
                .isEqualTo(countChanges(codes));
    }

    @Test
    void two_figures_of_the_same_persons_are_not_both_released() {
        assertThatThrownBy(() -> createTables(
                        createFigure("a", "inbound-enrolment", BY_COUNTRY),
                        createFigure("b", "inbound-enrolment", BY_COUNTRY)))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("b.yaml")
                .hasMessageContaining("sees a already");
    }

    /** An unclassified record may be one of persons, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "inbound-enrolment",
                "outbound-placement",
                "teacher-assignment",
                "foreign-teacher",
                "cooperative-headcount",
                "overseas-headcount",
                "overseas-training",
                "another"
            })
    void a_figure_of_persons_is_not_open_even_if_none_of_them_is_released(String record) {
        assertThatThrownBy(() -> createTables(createFigure("a", record, new PublicAccess.OpenAccess())))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("a.yaml: outside.kind is open, and " + record + " is a record of persons");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cooperative-institution",
                "cooperative-programme",
                "overseas-school",
                "standard",
                "recognition",
                "credential-recognition"
            })
    void a_figure_of_what_is_no_person_is_open(String record) {
        CountedFigure figure = createFigure("a", record, new PublicAccess.OpenAccess());

        assertThat(createTables(figure, createFigure("b", "inbound-enrolment", BY_COUNTRY))
                        .tablesOf(figure))
                .isEmpty();
    }

    @Test
    void what_has_no_list_of_codes_is_not_released() {
        assertThatThrownBy(() -> createTables(
                        createFigure("a", "inbound-enrolment", new PublicAccess.ReleasedAccess(List.of("major")))))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("major has no list of codes");
    }

    private static long countChanges(List<String> codes) {
        long changes = 0;
        String last = "";
        for (String code : codes) {
            String subRegion = TestFigures.REFERENCE.geography().regionOf("subRegion", code);
            changes += subRegion.equals(last) ? 0 : 1;
            last = subRegion;
        }
        return changes;
    }

    private static ReleaseTables createTables(CountedFigure... figures) {
        return new ReleaseTables(new FigureCatalogue(List.of(figures)), TestFigures.REFERENCE);
    }

    static CountedFigure createFigure(String code, String record, PublicAccess outside) {
        return new CountedFigure(
                code,
                1,
                TEXT,
                new Unit("students", "人", "students"),
                record,
                new Measure.CountMeasure(),
                new PeriodRule.DateFlowPeriodRule("startedOn"),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                List.of("nationality", "region", "subRegion", "major"),
                List.of(),
                outside,
                TEXT);
    }
}
