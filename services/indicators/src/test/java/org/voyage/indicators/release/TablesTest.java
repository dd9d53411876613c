package org.voyage.indicators.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.Outside;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.indicator.Unit;
import org.voyage.indicators.live.World;

class TablesTest {

    private static final Text TEXT = new Text("示例", "Example");
    private static final Outside BY_COUNTRY = new Outside.Released(List.of("nationality"));

    @Test
    void countries_stand_together_by_region_and_sub_region() {
        Indicator figure = figure("a", "inbound-enrolment", BY_COUNTRY);
        List<String> codes = tables(figure).codes(figure, "nationality");

        assertThat(codes).hasSizeGreaterThan(240).contains("THA", "unknown").doesNotHaveDuplicates();
        assertThat(codes.stream()
                        .map(code -> World.REFERENCE.geography().of("subRegion", code))
                        .distinct()
                        .count())
                .as("no sub-region in two places")
                .isEqualTo(changes(codes));
    }

    @Test
    void two_figures_of_the_same_persons_are_not_both_released() {
        assertThatThrownBy(() -> tables(
                        figure("a", "inbound-enrolment", BY_COUNTRY), figure("b", "inbound-enrolment", BY_COUNTRY)))
                .isInstanceOf(BadDefinition.class)
                .hasMessageContaining("b.yaml")
                .hasMessageContaining("sees a already");
    }

    /** A record that nobody has said anything of may be one of persons, too. */
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
        assertThatThrownBy(() -> tables(figure("a", record, new Outside.Open())))
                .isInstanceOf(BadDefinition.class)
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
        Indicator figure = figure("a", record, new Outside.Open());

        assertThat(tables(figure, figure("b", "inbound-enrolment", BY_COUNTRY)).of(figure))
                .isEmpty();
    }

    @Test
    void what_has_no_list_of_codes_is_not_released() {
        assertThatThrownBy(() -> tables(figure("a", "inbound-enrolment", new Outside.Released(List.of("major")))))
                .isInstanceOf(BadDefinition.class)
                .hasMessageContaining("major has no list of codes");
    }

    private static long changes(List<String> codes) {
        long changes = 0;
        String last = "";
        for (String code : codes) {
            String subRegion = World.REFERENCE.geography().of("subRegion", code);
            changes += subRegion.equals(last) ? 0 : 1;
            last = subRegion;
        }
        return changes;
    }

    private static Tables tables(Indicator... figures) {
        return new Tables(new Catalogue(List.of(figures)), World.REFERENCE);
    }

    static Indicator figure(String code, String record, Outside outside) {
        return new Indicator(
                code,
                1,
                TEXT,
                new Unit("students", "人", "students"),
                record,
                new Measure.Count(),
                new PeriodRule.FlowOnDate("startedOn"),
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
