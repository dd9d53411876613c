package org.voyage.indicators.feature.reconciliation;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.feature.published.PublishedStatistic;

/**
 * Two or more published statistics that cannot all be right.
 *
 * @param rule what was checked
 * @param figures the lines, as {@code name@period}
 * @param sets the sets that they stand in
 */
@Schema(name = "Contradiction")
public record Contradiction(String rule, List<String> figures, List<String> sets, LocalizedText explanation) {

    static Contradiction of(String rule, List<PublishedStatistic> lines, String zh, String en) {
        return new Contradiction(
                rule,
                lines.stream()
                        .map(line -> ClosestStatisticIndex.placeOf(line.figure(), line.period()))
                        .toList(),
                lines.stream().map(line -> line.setVersion().set()).distinct().toList(),
                new LocalizedText(zh, en));
    }
}
