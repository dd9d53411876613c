package org.voyage.indicators.reconciliation;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.published.PublishedLine;

/**
 * Two or more published statistics that cannot all be right.
 *
 * @param rule what was checked
 * @param figures the lines, as {@code name@period}
 * @param sets the sets that they stand in
 */
@Schema(name = "Contradiction")
public record Contradiction(String rule, List<String> figures, List<String> sets, Text explanation) {

    static Contradiction of(String rule, List<PublishedLine> lines, String zh, String en) {
        return new Contradiction(
                rule,
                lines.stream()
                        .map(line -> Nearest.place(line.figure(), line.period()))
                        .toList(),
                lines.stream().map(line -> line.of().set()).distinct().toList(),
                new Text(zh, en));
    }
}
