package org.voyage.indicators.release;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The shapes of the answers about releases. */
final class ReleaseAnswers {

    private ReleaseAnswers() {}

    @Schema(name = "Release", description = "Figures of persons as readers outside see them from then on.")
    public record One(
            @Schema(description = "grows by one with every release", examples = "7")
            long number,

            Instant at,

            @Schema(description = "client id of the operator; empty for the schedule")
            String by,

            @Schema(description = "how many years of figures are new in it or other than before")
            int sheets) {

        static One of(Release release) {
            return new One(release.number(), release.madeAt(), release.madeBy(), release.sheets());
        }
    }

    @Schema(name = "Releases")
    public record Page(
            List<One> items,
            @Schema(nullable = true) @Nullable String next) {}

    @Schema(name = "ReleaseKept", description = "A year whose older numbers stay: newer ones would show too much.")
    public record Kept(String indicator, int year) {}

    @Schema(name = "ReleaseMade", description = "What came of it.")
    public record Made(
            @Schema(nullable = true, description = "null when nothing was new or other") @Nullable
            One release,

            @Schema(description = "years whose total has moved, of which the older numbers stay all the same")
            List<Kept> kept) {

        static Made of(Releases.Made made) {
            return new Made(
                    made.release().map(One::of).orElse(null),
                    made.kept().stream()
                            .map(place -> new Kept(place.figure(), place.year()))
                            .toList());
        }
    }
}
