package org.voyage.indicators.feature.reconciliation;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.feature.published.PublishedStatistic;

/**
 * Contradiction between published statistics, which cannot all be right.
 *
 * @param rule the violated rule
 * @param figures the lines, as {@code name@period}
 * @param sets the sets that contain the lines
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
