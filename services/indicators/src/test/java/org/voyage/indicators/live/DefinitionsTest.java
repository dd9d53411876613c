package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.CatalogueLoader;
import org.voyage.indicators.indicator.Definitions;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.FolderOfDefinitions;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Layouts;

/** What {@code ./voyage check} runs for the files of {@code contracts/indicators}; a bad one is named with its line. */
class DefinitionsTest {

    @Test
    void every_definition_is_understood_and_can_be_counted(@TempDir Path none) {
        Definitions definitions = FolderOfDefinitions.read(none).definitions();
        Catalogue catalogue = definitions.catalogue();
        catalogue
                .figures()
                .forEach(figure -> definitions.check(figure.code(), History.RECORDS, World.REFERENCE.listCodes()));
        Layouts layouts = definitions.located(() -> new Layouts(catalogue, History.RECORDS));

        LiveFigures figures = definitions.located(
                () -> new LiveFigures(catalogue, layouts, new Dictionaries(), World.REFERENCE.geography()));

        assertThat(catalogue.figures()).hasSizeGreaterThan(50);
        for (Figure figure : catalogue.figures()) {
            assertThat(figure.dimensions()).as(figure.code()).isNotEmpty();
            assertThat(figure.lists())
                    .as(figure.code())
                    .allMatch(list -> World.REFERENCE.list(list).isPresent());
        }
        catalogue
                .all()
                .forEach(indicator -> assertThat(figures.<Tally>read(cut -> cut.tally(indicator.code())))
                        .isNotNull());
    }

    @Test
    void there_is_a_figure_of_every_kind() {
        assertThat(CatalogueLoader.load(Optional.empty()).figures())
                .filteredOn(Derived.class::isInstance)
                .extracting(figure -> ((Derived) figure).rule().kind())
                .contains("share", "sum", "change", "growth", "over", "concentration", "median");
    }
}
