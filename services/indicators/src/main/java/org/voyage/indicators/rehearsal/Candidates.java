package org.voyage.indicators.rehearsal;

import jakarta.enterprise.context.ApplicationScoped;
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Definitions;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Reads a definition that might be switched on, as strictly as the service reads its files at start. */
@ApplicationScoped
class Candidates {

    private final Definitions definitions;
    private final Topics topics;
    private final Reference reference;

    Candidates(Definitions definitions, Topics topics, Reference reference) {
        this.definitions = definitions;
        this.topics = topics;
        this.reference = reference;
    }

    /**
     * The figure of the file, as it would be among all others. For one thread at a time.
     *
     * @throws Refusal.Invalid when the service would not start with it
     */
    Figure read(String code, byte[] yaml) {
        try {
            Definitions with = definitions.with(code, yaml);
            Catalogue catalogue = with.catalogue();
            Figure figure = catalogue.find(code).orElseThrow(() -> new IllegalStateException("no figure " + code));
            Countable.check(figure, with, catalogue, topics.records(), reference);
            return figure;
        } catch (BadDefinition e) {
            throw new Refusal.Invalid(finding(e, code + ".yaml"));
        }
    }

    private static Finding finding(BadDefinition bad, String file) {
        String line = bad.line() == 0 ? "" : "Line " + bad.line() + ": ";
        String lineZh = bad.line() == 0 ? "定义有误：" : "第 " + bad.line() + " 行有误：";
        if (!bad.file().equals(file)) {
            // Where the service has its files is nobody's business.
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
