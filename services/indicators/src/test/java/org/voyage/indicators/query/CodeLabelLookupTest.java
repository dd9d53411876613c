package org.voyage.indicators.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.reference.CodeLabel;

class CodeLabelLookupTest {

    /** Their order differed from start to start, and with it the entity tag of every answer by a list. */
    @Test
    void the_labels_of_a_list_are_in_the_order_of_the_codes() {
        Figure schools = TestFigures.CATALOGUE.findFigure("overseas-schools").orElseThrow();
        Breakdown asean = new Breakdown.MembershipBreakdown(new ListCriterion("asean", true));
        FigureQuery query =
                new FigureQuery(schools, List.of(asean), Map.of(), List.of(), new PeriodFilter.CurrentPeriod());

        Map<String, CodeLabel> labels = new CodeLabelLookup(TestFigures.REFERENCE)
                .labelsOf(query, List.of())
                .getOrDefault("list:asean@then", Map.of());

        assertThat(labels.keySet()).containsExactly("member", "non-member");
    }

    @Test
    void a_province_has_its_names_and_an_unknown_one_its_code() {
        CodeLabelLookup lookup = new CodeLabelLookup(TestFigures.REFERENCE);

        assertThat(lookup.provinceName("61").en()).isEqualTo("Shaanxi");
        assertThat(lookup.provinceName("61").zh()).isEqualTo("陕西省");
        assertThat(lookup.provinceName("99").en()).isEqualTo("99");
    }

    /** Records of alliances have this code where records of bureaus have that of their province. */
    @Test
    void records_of_no_province_are_nationwide() {
        CodeLabelLookup lookup = new CodeLabelLookup(TestFigures.REFERENCE);

        Map<String, Map<String, CodeLabel>> labels =
                lookup.labelsOf(Map.of("province", Set.of("00", "61"), "region", Set.of("00")));

        CodeLabel nationwide = new CodeLabel("全国", "Nationwide");
        assertThat(labels.getOrDefault("province", Map.of()))
                .containsOnlyKeys("00", "61")
                .containsEntry("00", nationwide);
        assertThat(labels.getOrDefault("region", Map.of())).isEmpty();
        assertThat(lookup.provinceName("00").zh()).isEqualTo("全国");
    }
}
