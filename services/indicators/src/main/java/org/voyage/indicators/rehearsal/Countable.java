package org.voyage.indicators.rehearsal;

import java.util.Collection;
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Definitions;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.reference.Reference;
import org.voyage.indicators.release.Tables;

/** Some faults show only where all figures are made ready to count, and to be released. */
final class Countable {

    private Countable() {}

    /**
     * @param figure one of the catalogue
     * @param definitions its file among the others
     * @param records that are read
     * @throws BadDefinition when the service would not start with all of these
     */
    static void check(
            Figure figure, Definitions definitions, Catalogue all, Collection<String> records, Reference reference) {
        definitions.check(figure.code(), records, reference.listCodes());
        definitions.located(
                () -> new LiveFigures(all, new Layouts(all, records), new Dictionaries(), reference.geography()));
        definitions.located(() -> new Tables(all, reference));
    }
}
