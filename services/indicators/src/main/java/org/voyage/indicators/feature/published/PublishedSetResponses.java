package org.voyage.indicators.feature.published;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.published.PublishedSet.SetWithdrawal;

/** Response DTOs of the sets of published statistics. */
final class PublishedSetResponses {

    private PublishedSetResponses() {}

    @Schema(name = "SetAnswer", description = "A version of a set of published statistics, as it was sent.")
    record SetAnswer(
            String set,
            int version,
            String title,
            String source,

            @Schema(nullable = true, description = "the day of publication; a line may name one of its own") @Nullable
            LocalDate publishedOn,

            int lines,
            Instant loadedAt,
            String loadedBy,

            @Schema(nullable = true, description = "absent while it counts") @JsonInclude(NON_NULL) @Nullable
            WithdrawalAnswer withdrawal) {

        static SetAnswer of(PublishedSet set) {
            return new SetAnswer(
                    set.setVersion().set(),
                    set.setVersion().version(),
                    set.title(),
                    set.source(),
                    set.publishedOn().orElse(null),
                    set.lines(),
                    set.loadedAt(),
                    set.loadedBy(),
                    set.withdrawal().map(WithdrawalAnswer::of).orElse(null));
        }
    }

    @Schema(name = "WithdrawalAnswer", description = "Why a version does not count any more.")
    record WithdrawalAnswer(String reason, Instant at, String by) {

        static WithdrawalAnswer of(SetWithdrawal withdrawal) {
            return new WithdrawalAnswer(withdrawal.reason(), withdrawal.at(), withdrawal.by());
        }
    }

    @Schema(name = "BuiltIn", description = "The set that comes with the platform; it is neither loaded nor withdrawn.")
    record BuiltInSet(String set, int version, int lines) {}

    @Schema(name = "Sets")
    record SetsAnswer(
            BuiltInSet builtIn,

            @Schema(description = "of each set the version that counts, or the last one when all are withdrawn")
            List<SetAnswer> items,

            @Schema(nullable = true) @Nullable String next) {}

    @Schema(name = "Versions")
    record SetVersionsAnswer(
            @Schema(description = "the newest first") List<SetAnswer> items,
            @Schema(nullable = true) @Nullable String next) {}

    @Schema(name = "LoadAnswer", description = "What became of a file.")
    record LoadAnswer(
            @Schema(
                    description =
                            "created: stored as this version; would-be-created: a dry run; unchanged: this version says the"
                                    + " same already",
                    enumeration = {"created", "would-be-created", "unchanged"})
            String outcome,

            SetAnswer set) {}
}
