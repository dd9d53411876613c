package org.voyage.kit.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What recomputing the chain showed.
 *
 * @param entries how many were recomputed and fit
 * @param lastPosition the last of them; where nothing was to recompute, the seal that the chain begins from
 * @param divergence the first place where entries and chain do not fit, null if they do
 */
@Schema(name = "AuditVerdict", description = "What recomputing the chain showed / 校验结果")
record AuditVerdict(
        ChainVerdict verdict,
        long from,
        long entries,
        long lastPosition,
        String lastHash,
        @Schema(nullable = true) @Nullable ChainDivergence divergence) {

    @Schema(
            name = "Verdict",
            enumeration = {"intact", "broken"})
    enum ChainVerdict {
        INTACT,
        BROKEN;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Schema(name = "Divergence")
    record ChainDivergence(long position, DivergenceKind kind) {}

    @Schema(
            name = "Kind",
            enumeration = {"changed", "deleted", "inserted", "not-as-known"})
    enum DivergenceKind {
        /** The hash does not follow: this entry or its seal was changed, or one before was taken out with its seal. */
        CHANGED,
        /** There is a seal and no entry. */
        DELETED,
        /** There is an entry, and no seal where all are sealed. */
        INSERTED,
        /** The seal is not the one that was kept elsewhere. */
        NOT_AS_KNOWN;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
