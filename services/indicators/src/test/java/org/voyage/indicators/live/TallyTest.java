package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Each;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.Outside;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.indicator.Unit;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Layouts;

class TallyTest {

    private static final Text TEXT = new Text("测试", "Test");

    @ParameterizedTest
    @ValueSource(strings = {"region", "subRegion"})
    void a_region_without_a_country_stops_the_start(String derived) {
        Indicator indicator = indicator(List.of("province", derived), List.of());

        assertThatThrownBy(() -> start(indicator))
                .isInstanceOf(BadDefinition.class)
                .hasMessageContaining("need a dimension with a country");
    }

    @Test
    void a_list_of_countries_without_a_country_stops_the_start() {
        Indicator indicator = indicator(List.of("province"), List.of("asean"));

        assertThatThrownBy(() -> start(indicator))
                .isInstanceOf(BadDefinition.class)
                .hasMessageContaining("need a dimension with a country");
    }

    @Test
    void a_list_of_colleges_without_a_college_stops_the_start() {
        Indicator indicator = indicator(List.of("province"), List.of("double-high"));

        assertThatThrownBy(() -> start(indicator))
                .isInstanceOf(BadDefinition.class)
                .hasMessageContaining("the list double-high needs the dimension college");
    }

    /** As one value the list would be unreadable, and with it every record, for all figures. */
    @Test
    void a_list_that_another_figure_splits_by_as_if_it_were_one_value_stops_the_start() {
        Each majors = new Each("majors", "majors", Optional.empty());

        assertThatThrownBy(() -> start(
                        indicator("a", Optional.of(majors), List.of("majors"), List.of()),
                        indicator("b", Optional.empty(), List.of("majors"), List.of())))
                .isInstanceOf(BadDefinition.class)
                .hasMessage("b.yaml: majors of cooperative-institution is read in two ways");
    }

    private static void start(Indicator... indicators) {
        Catalogue catalogue = new Catalogue(List.of(indicators));
        new LiveFigures(
                catalogue, new Layouts(catalogue, History.RECORDS), new Dictionaries(), World.REFERENCE.geography());
    }

    private static Indicator indicator(List<String> dimensions, List<String> lists) {
        return indicator("test", Optional.empty(), dimensions, lists);
    }

    private static Indicator indicator(String code, Optional<Each> each, List<String> dimensions, List<String> lists) {
        return new Indicator(
                code,
                1,
                TEXT,
                new Unit("things", "个", "things"),
                "cooperative-institution",
                new Measure.Count(),
                new PeriodRule.FlowOnDate("approvedOn"),
                Map.of(),
                Map.of(),
                Map.of(),
                each,
                Map.of(),
                dimensions,
                lists,
                new Outside.Closed(),
                TEXT);
    }
}
