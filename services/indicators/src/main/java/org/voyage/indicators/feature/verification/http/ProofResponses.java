package org.voyage.indicators.feature.verification.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.verification.compare.CellDifference;
import org.voyage.indicators.feature.verification.compare.DerivedDifference;
import org.voyage.indicators.feature.verification.compare.RollUpDifference;
import org.voyage.indicators.feature.verification.proof.ProofCertificate;
import org.voyage.indicators.feature.verification.proof.ProofRun;
import org.voyage.indicators.feature.verification.proof.ProofStore.SealedCertificate;
import org.voyage.indicators.feature.verification.proof.ProofVerdict;

/** Response DTOs of proofs. */
final class ProofResponses {

    private ProofResponses() {}

    @Schema(name = "ProofSummary", description = "A certificate without its details.")
    record ProofSummary(
            UUID id,

            @Schema(nullable = true, description = "counts the certificates from 1; null while it runs") @Nullable
            Long number,

            Instant startedAt,
            @Schema(nullable = true) @Nullable Instant finishedAt,

            @Schema(description = "who asked for it; empty for the schedule")
            String by,

            @Schema(
                    description =
                            "whether it is of new figures that a rebuild refused: they never served, so that it raises"
                                    + " no alarm and ends none")
            boolean candidate,

            ProofVerdict verdict,

            @Schema(nullable = true, description = "why nothing was decided") @Nullable
            String reason,

            @Schema(description = "how many figures were compared")
            int figures,

            @Schema(description = "how many cells were compared")
            long cells,

            @Schema(
                    description =
                            "how many records the evidence gives that a figure counts and that are not withdrawn; a"
                                    + " standard is none, for it counts by its recognitions")
            long facts,

            @Schema(nullable = true, description = "SHA-256 of all cells of the live figures") @Nullable
            String hash,

            @Schema(
                    description = "how many cells differ, those of roll-ups included; derived values are in"
                            + " `derivedDifferences`")
            long differences,

            @Schema(description = "how many roll-ups were compared with the cells that they sum up")
            int rollUps,

            @Schema(description = "how many cells these have")
            long rollUpCells,

            @Schema(description = "how many of the figures were derived again from the cells that were counted again")
            int derivedFigures,

            @Schema(
                    description =
                            "how many values of theirs were compared: of the whole nation, and by each dimension and"
                                    + " list, in every year; of a growth from every year to the last one that is over")
            long derivedValues,

            @Schema(nullable = true, description = "SHA-256 of these values as they are answered") @Nullable
            String derivedHash,

            @Schema(description = "how many of these differ")
            long derivedDifferences,

            @Schema(nullable = true, description = "SHA-256 over the seal of the certificate before and this one")
            @Nullable
            String seal,

            @Schema(nullable = true, description = "whether the seal fits what is stored; null while it runs") @Nullable
            Boolean intact) {

        static ProofSummary of(SealedCertificate kept) {
            ProofCertificate certificate = kept.certificate();
            return of(certificate, kept.number(), certificate.finishedAt(), kept.seal(), kept.intact());
        }

        static ProofSummary of(ProofRun run) {
            return of(ProofCertificate.running(run), null, null, null, null);
        }

        private static ProofSummary of(
                ProofCertificate certificate,
                @Nullable Long number,
                @Nullable Instant finishedAt,
                @Nullable String seal,
                @Nullable Boolean intact) {
            return new ProofSummary(
                    certificate.id(),
                    number,
                    certificate.startedAt(),
                    finishedAt,
                    certificate.by(),
                    certificate.candidate(),
                    certificate.verdict(),
                    certificate.reason(),
                    certificate.catalogue().size(),
                    certificate.cells(),
                    certificate.facts(),
                    certificate.hash(),
                    certificate.differing(),
                    certificate.rollUps().compared(),
                    certificate.rollUps().cells(),
                    certificate.derived().figures(),
                    certificate.derived().values(),
                    certificate.derived().hash(),
                    certificate.derived().differing(),
                    seal,
                    intact);
        }
    }

    @Schema(name = "ProofAnswer", description = "A certificate, with the cells and the derived values that differ.")
    record ProofAnswer(
            ProofSummary proof,

            @Schema(description = "per topic and partition the offset of the first event that was not looked at")
            Map<String, Map<String, Long>> position,

            @Schema(description = "the version of each figure's definition")
            Map<String, Integer> catalogue,

            @Schema(description = "the first cells that differ, `voyage.indicators.proof.shown` of them")
            List<CellDifference> items,

            @Schema(description = "as many of roll-ups") List<RollUpDifference> rollUps,

            @Schema(description = "as many values of derived figures")
            List<DerivedDifference> derived) {

        static ProofAnswer of(SealedCertificate kept) {
            ProofCertificate certificate = kept.certificate();
            return new ProofAnswer(
                    ProofSummary.of(kept),
                    certificate.position(),
                    certificate.catalogue(),
                    certificate.differences(),
                    certificate.rollUps().differences(),
                    certificate.derived().differences());
        }

        static ProofAnswer of(ProofRun run) {
            return new ProofAnswer(ProofSummary.of(run), Map.of(), Map.of(), List.of(), List.of(), List.of());
        }
    }

    @Schema(name = "ProofsAnswer", description = "Certificates, the newest first.")
    record ProofsAnswer(
            @Schema(
                    description =
                            "whether the newest proof of figures that serve which decided something found a difference")
            boolean alarm,

            @Schema(nullable = true, description = "the proof that runs now") @Nullable
            ProofSummary running,

            List<ProofSummary> items,

            @Schema(nullable = true, description = "cursor of the next page") @JsonProperty("next") @Nullable
            String next) {}
}
