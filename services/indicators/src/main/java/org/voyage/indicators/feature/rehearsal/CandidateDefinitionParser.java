package org.voyage.indicators.feature.rehearsal;

import jakarta.enterprise.context.ApplicationScoped;
import org.voyage.indicators.definition.DefinitionSet;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.InvalidDefinitionException;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Parser of a candidate definition. It is as strict as the service with its files at start. */
@ApplicationScoped
class CandidateDefinitionParser {

    private final DefinitionSet definitions;
    private final LogTopics topics;
    private final ReferenceData reference;

    CandidateDefinitionParser(DefinitionSet definitions, LogTopics topics, ReferenceData reference) {
        this.definitions = definitions;
        this.topics = topics;
        this.reference = reference;
    }

    /**
     * Returns the figure of the file, resolved among all others. Not thread-safe.
     *
     * @throws Refusal.Invalid when the service would not start with it
     */
    Figure parseCandidate(String code, byte[] yaml) {
        try {
            DefinitionSet with = definitions.withReplaced(code, yaml);
            FigureCatalogue catalogue = with.buildCatalogue();
            Figure figure =
                    catalogue.findFigure(code).orElseThrow(() -> new IllegalStateException("no figure " + code));
            CountabilityCheck.requireCountable(figure, with, catalogue, topics.records(), reference);
            return figure;
        } catch (InvalidDefinitionException e) {
            throw new Refusal.Invalid(toFinding(e, code + ".yaml"));
        }
    }

    private static Finding toFinding(InvalidDefinitionException bad, String file) {
        String line = bad.line() == 0 ? "" : "Line " + bad.line() + ": ";
        String lineZh = bad.line() == 0 ? "定义有误：" : "第 " + bad.line() + " 行有误：";
        if (!bad.file().equals(file)) {
            // The message must not reveal the path of the service's files.
            String other = bad.file().substring(bad.file().lastIndexOf('/') + 1);
            return new Finding(
                    "",
                    "definition-of-another",
                    "With it " + other + " cannot be used. " + line + bad.reason() + ".",
                    "采用后 " + other + " 将无法使用。" + lineZh + bad.reasonZh() + "。");
        }
        return new Finding(bad.pointer(), "definition", line + bad.reason() + ".", lineZh + bad.reasonZh() + "。");
    }
}
