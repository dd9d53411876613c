package org.voyage.indicators.live;

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
import org.voyage.indicators.definition.MultiValuedDimension;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.definition.PublicAccess;
import org.voyage.indicators.definition.Unit;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;

class FigureAggregatorTest {

    private static final LocalizedText TEXT = new LocalizedText("测试", "Test");

    @ParameterizedTest
    @ValueSource(strings = {"region", "subRegion"})
    void a_region_without_a_country_stops_the_start(String derived) {
        CountedFigure figure = createFigure(List.of("province", derived), List.of());

        assertThatThrownBy(() -> createFigures(figure))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("need a dimension with a country");
    }

    @Test
    void a_list_of_countries_without_a_country_stops_the_start() {
        CountedFigure figure = createFigure(List.of("province"), List.of("asean"));

        assertThatThrownBy(() -> createFigures(figure))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("need a dimension with a country");
    }

    @Test
    void a_list_of_colleges_without_a_college_stops_the_start() {
        CountedFigure figure = createFigure(List.of("province"), List.of("double-high"));

        assertThatThrownBy(() -> createFigures(figure))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("the list double-high needs the dimension college");
    }

    /** If the list were read as one value, every record would be unreadable, for all figures. */
    @Test
    void a_list_that_another_figure_splits_by_as_if_it_were_one_value_stops_the_start() {
        MultiValuedDimension majors = new MultiValuedDimension("majors", "majors", Optional.empty());

        assertThatThrownBy(() -> createFigures(
                        createFigure("a", Optional.of(majors), List.of("majors"), List.of()),
                        createFigure("b", Optional.empty(), List.of("majors"), List.of())))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessage("b.yaml: majors of cooperative-institution is read in two ways");
    }

    private static void createFigures(CountedFigure... indicators) {
        FigureCatalogue catalogue = new FigureCatalogue(List.of(indicators));
        new LiveFigures(
                catalogue,
                new RecordLayoutRegistry(catalogue, RecordHistory.RECORDS),
                new DictionaryRegistry(),
                TestFigures.REFERENCE.geography());
    }

    private static CountedFigure createFigure(List<String> dimensions, List<String> lists) {
        return createFigure("test", Optional.empty(), dimensions, lists);
    }

    private static CountedFigure createFigure(
            String code, Optional<MultiValuedDimension> each, List<String> dimensions, List<String> lists) {
        return new CountedFigure(
                code,
                1,
                TEXT,
                new Unit("things", "个", "things"),
                "cooperative-institution",
                new Measure.CountMeasure(),
                new PeriodRule.DateFlowPeriodRule("approvedOn"),
                Map.of(),
                Map.of(),
                Map.of(),
                each,
                Map.of(),
                dimensions,
                lists,
                new PublicAccess.ClosedAccess(),
                TEXT);
    }
}
