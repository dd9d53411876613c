package org.voyage.indicators.feature.rehearsal;

import java.util.Collection;
import org.voyage.indicators.definition.DefinitionSet;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.InvalidDefinitionException;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.feature.release.ReleaseTables;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.reference.ReferenceData;

/** Check for faults that appear only when all figures are prepared for counting and release. */
final class CountabilityCheck {

    private CountabilityCheck() {}

    /**
     * @param figure one of the catalogue
     * @param definitions its file among the others
     * @param records the records of the log
     * @throws InvalidDefinitionException when the service would not start with all of these
     */
    static void requireCountable(
            Figure figure,
            DefinitionSet definitions,
            FigureCatalogue all,
            Collection<String> records,
            ReferenceData reference) {
        definitions.requireKnownReferences(figure.code(), records, reference.listCodes());
        definitions.withLocation(() -> new LiveFigures(
                all, new RecordLayoutRegistry(all, records), new DictionaryRegistry(), reference.geography()));
        definitions.withLocation(() -> new ReleaseTables(all, reference));
    }
}
