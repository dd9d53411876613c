package org.voyage.indicators.reconciliation;

import java.util.List;
import org.voyage.indicators.indicator.Text;

/**
 * Two or more published statistics that cannot all be right.
 *
 * @param rule what was checked
 * @param figures the lines, as {@code name@period}
 */
public record Contradiction(String rule, List<String> figures, Text explanation) {

    static Contradiction of(String rule, List<PublishedLine> lines, String zh, String en) {
        return new Contradiction(
                rule,
                lines.stream().map(line -> line.figure() + "@" + line.period()).toList(),
                new Text(zh, en));
    }
}
