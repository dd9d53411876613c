package org.voyage.indicators.feature.release;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Response DTOs of releases. */
final class ReleaseResponses {

    private ReleaseResponses() {}

    @Schema(name = "Release", description = "Figures of persons as readers outside see them from then on.")
    public record ReleaseItem(
            @Schema(description = "grows by one with every release", examples = "7")
            long number,

            Instant at,

            @Schema(description = "client id of the operator; empty for the schedule")
            String by,

            @Schema(description = "how many years of figures are new in it or other than before")
            int sheets) {

        static ReleaseItem of(FigureRelease release) {
            return new ReleaseItem(release.number(), release.madeAt(), release.madeBy(), release.sheets());
        }
    }

    @Schema(name = "Releases")
    public record ReleasesAnswer(
            List<ReleaseItem> items,
            @Schema(nullable = true) @Nullable String next) {}

    @Schema(name = "ReleaseYear", description = "A year of a figure whose numbers are new or other than before.")
    public record ReleaseYear(String indicator, int year) {}

    @Schema(name = "ReleaseKept", description = "A year whose older numbers stay: newer ones would show too much.")
    public record ReleaseKeptYear(String indicator, int year) {}

    @Schema(name = "ReleaseMade", description = "What came of it.")
    public record ReleaseMadeAnswer(
            @Schema(nullable = true, description = "null when nothing was new or other, and for a dry run") @Nullable
            ReleaseItem release,

            @Schema(
                    description =
                            "years of figures that are new in it or other than before; of a dry run, that would be")
            List<ReleaseYear> years,

            @Schema(description = "years whose total has moved, of which the older numbers stay all the same")
            List<ReleaseKeptYear> kept) {

        static ReleaseMadeAnswer of(ReleaseService.ReleaseOutcome made) {
            return new ReleaseMadeAnswer(
                    made.release().map(ReleaseItem::of).orElse(null),
                    made.releasedYears().stream()
                            .map(place -> new ReleaseYear(place.figure(), place.year()))
                            .toList(),
                    made.keptYears().stream()
                            .map(place -> new ReleaseKeptYear(place.figure(), place.year()))
                            .toList());
        }
    }
}
