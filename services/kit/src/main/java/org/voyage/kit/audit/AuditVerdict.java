package org.voyage.kit.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Result of recomputing the audit chain.
 *
 * @param entries number of recomputed entries that match the chain
 * @param lastPosition the last of these entries; without entries, the seal that the chain begins from
 * @param divergence the first position where entries and chain differ, null if they agree
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
        /**
         * The hash does not follow: this entry or its seal was changed, or an earlier entry was removed with its seal.
         */
        CHANGED,
        /** The position has a seal and no entry. */
        DELETED,
        /** The position has an entry and no seal, although all entries are sealed. */
        INSERTED,
        /** The seal differs from the hash that was kept elsewhere. */
        NOT_AS_KNOWN;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
