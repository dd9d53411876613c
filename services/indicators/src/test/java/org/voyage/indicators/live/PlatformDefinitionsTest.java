package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.DefinitionFolder;
import org.voyage.indicators.definition.DefinitionSet;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.FigureCatalogueLoader;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FieldSlot;
import org.voyage.indicators.fact.RecordLayoutRegistry;

/**
 * Test of the definitions in {@code contracts/indicators}, run by {@code ./voyage check}; it reports an invalid file
 * with its line.
 */
class PlatformDefinitionsTest {

    @Test
    void every_definition_is_understood_and_can_be_counted(@TempDir Path none) {
        DefinitionSet definitions = DefinitionFolder.readFolder(none).definitions();
        FigureCatalogue catalogue = definitions.buildCatalogue();
        catalogue
                .figures()
                .forEach(figure -> definitions.requireKnownReferences(
                        figure.code(), RecordHistory.RECORDS, TestFigures.REFERENCE.listCodes()));
        RecordLayoutRegistry layouts =
                definitions.withLocation(() -> new RecordLayoutRegistry(catalogue, RecordHistory.RECORDS));

        LiveFigures figures = definitions.withLocation(
                () -> new LiveFigures(catalogue, layouts, new DictionaryRegistry(), TestFigures.REFERENCE.geography()));

        assertThat(catalogue.figures()).hasSizeGreaterThan(50);
        for (Figure figure : catalogue.figures()) {
            assertThat(figure.dimensions()).as(figure.code()).isNotEmpty();
            assertThat(figure.lists())
                    .as(figure.code())
                    .allMatch(list -> TestFigures.REFERENCE.findList(list).isPresent());
        }
        catalogue
                .countedFigures()
                .forEach(indicator -> assertThat(
                                figures.<FigureAggregator>readView(view -> view.requireWhole(indicator.code())))
                        .isNotNull());
    }

    /** Departures of teachers stand before the teachers by name, and know only the day on which a stay ends. */
    @Test
    void a_record_is_about_the_year_in_which_it_begins_to_count() {
        RecordLayoutRegistry layouts =
                new RecordLayoutRegistry(FigureCatalogueLoader.loadCatalogue(Optional.empty()), RecordHistory.RECORDS);

        assertThat(layouts.yearFieldOf("foreign-teacher"))
                .isNotNull()
                .extracting(FieldSlot::field)
                .isEqualTo("startedOn");
    }

    @Test
    void there_is_a_figure_of_every_kind() {
        assertThat(FigureCatalogueLoader.loadCatalogue(Optional.empty()).figures())
                .filteredOn(DerivedFigure.class::isInstance)
                .extracting(figure -> ((DerivedFigure) figure).rule().kind())
                .contains("share", "sum", "difference", "change", "growth", "over", "concentration", "median");
    }
}
