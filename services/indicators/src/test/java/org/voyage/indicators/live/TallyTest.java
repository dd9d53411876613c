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

    private static void start(Indicator indicator) {
        Catalogue catalogue = new Catalogue(List.of(indicator));
        new LiveFigures(
                catalogue, new Layouts(catalogue, History.RECORDS), new Dictionaries(), World.REFERENCE.geography());
    }

    private static Indicator indicator(List<String> dimensions, List<String> lists) {
        return new Indicator(
                "test",
                1,
                TEXT,
                new Unit("things", "个", "things"),
                "cooperative-institution",
                new Measure.Count(),
                new PeriodRule.FlowOnDate("approvedOn"),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                dimensions,
                lists,
                new Outside.Closed(),
                TEXT);
    }
}
