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
import org.voyage.indicators.feature.verification.proof.ProofCertificate;
import org.voyage.indicators.feature.verification.proof.ProofRun;
import org.voyage.indicators.feature.verification.proof.ProofStore.SealedCertificate;
import org.voyage.indicators.feature.verification.proof.ProofVerdict;

/** Response DTOs of proofs. */
final class ProofResponses {

    private ProofResponses() {}

    @Schema(name = "NewestVerdict", description = "Verdict of the newest proof that came to a decision. / 最近一次有结论的复核。")
    record NewestVerdict(
            @Schema(
                    nullable = true,
                    description =
                            "proved or differs; null before the first proof / " + "proved（相符）或 differs（不符）；尚无复核的为 null")
            @Nullable
            ProofVerdict verdict,

            @Schema(nullable = true, description = "end of the proof / 复核完成时间") @Nullable
            Instant finishedAt,

            @Schema(description = "number of differing cells and derived values / 不符的单元格和衍生数值的个数")
            long differences) {

        static final NewestVerdict NONE = new NewestVerdict(null, null, 0);

        static NewestVerdict of(ProofCertificate certificate) {
            return new NewestVerdict(certificate.verdict(), certificate.finishedAt(), certificate.countDiffering());
        }
    }

    @Schema(name = "ProofSummary", description = "Certificate without its details. / 复核证书摘要，不含明细。")
    record ProofSummary(
            UUID id,

            @Schema(
                    nullable = true,
                    description = "number of the certificate, from 1; null while the proof runs / "
                            + "复核证书序号，从 1 起；进行中的为 null")
            @Nullable
            Long number,

            Instant startedAt,
            @Schema(nullable = true) @Nullable Instant finishedAt,

            @Schema(description = "caller who asked for it; empty for the schedule / 发起人；定时复核的为空")
            String by,

            @Schema(
                    description =
                            "whether it concerns new figures that a rebuild refused. They never served, so the certificate"
                                    + " raises no alarm and ends none / "
                                    + "是否为重建未通过的候选数；候选数从未提供查询，因此不引起也不解除告警")
            boolean candidate,

            ProofVerdict verdict,

            @Schema(nullable = true, description = "reason if nothing was decided / 未能判定的原因") @Nullable
            String reason,

            @Schema(description = "number of compared figures / 比较的指标数")
            int figures,

            @Schema(description = "number of compared cells / 比较的单元格数")
            long cells,

            @Schema(
                    description =
                            "number of records in the evidence that a figure counts and that are not withdrawn. Standards are"
                                    + " not among them, because they count by their recognitions / "
                                    + "证据库中计入指标且未撤回的记录数；标准按其采认计数，不在其内")
            long facts,

            @Schema(nullable = true, description = "SHA-256 of all cells of the live figures / 实时指标全部单元格的 SHA-256 值")
            @Nullable
            String hash,

            @Schema(
                    description = "number of cells that differ; derived values are in `derivedDifferences` / "
                            + "不符的单元格数；衍生数值见 `derivedDifferences`")
            long differences,

            @Schema(
                    description = "number of figures that were derived again from the recounted cells / "
                            + "由复算单元格重新推算的衍生指标数")
            int derivedFigures,

            @Schema(
                    description =
                            "number of their values that were compared: in total, and by each dimension and list, in every"
                                    + " year; for a growth from every year to the last one that is over / "
                                    + "比较的衍生数值数：各年度的全国总数及按各维度、名单分组的数；增速指标为自各年度至最近结束的年度")
            long derivedValues,

            @Schema(nullable = true, description = "SHA-256 of these values as they are answered / 这些数值查询结果的 SHA-256 值")
            @Nullable
            String derivedHash,

            @Schema(description = "number of these values that differ / 不符的衍生数值数")
            long derivedDifferences,

            @Schema(
                    nullable = true,
                    description = "SHA-256 over the seal of the previous certificate and this one / "
                            + "对上一复核证书的封印和本证书计算的 SHA-256 值")
            @Nullable
            String seal,

            @Schema(
                    nullable = true,
                    description = "whether the seal matches the stored certificate; null while the proof runs / "
                            + "封印与所存证书是否相符；进行中的为 null")
            @Nullable
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
                    certificate.derived().figures(),
                    certificate.derived().values(),
                    certificate.derived().hash(),
                    certificate.derived().differing(),
                    seal,
                    intact);
        }
    }

    @Schema(
            name = "ProofAnswer",
            description = "Certificate, with the cells and derived values that differ. / " + "复核证书，列出不符的单元格和衍生数值。")
    record ProofAnswer(
            ProofSummary proof,

            @Schema(
                    description = "by topic and partition: offset of the first event that the proof did not read / "
                            + "按主题和分区：首个未纳入复核的事件的偏移量")
            Map<String, Map<String, Long>> position,

            @Schema(description = "version of each figure's definition / 各指标的口径版本")
            Map<String, Integer> catalogue,

            @Schema(description = "the first cells that differ, up to 100 / " + "不符的单元格，最多列出 100 个")
            List<CellDifference> items,

            @Schema(description = "values of derived figures that differ, up to the same number / 不符的衍生数值，数量上限同上")
            List<DerivedDifference> derived) {

        static ProofAnswer of(SealedCertificate kept) {
            ProofCertificate certificate = kept.certificate();
            return new ProofAnswer(
                    ProofSummary.of(kept),
                    certificate.position(),
                    certificate.catalogue(),
                    certificate.differences(),
                    certificate.derived().differences());
        }

        static ProofAnswer of(ProofRun run) {
            return new ProofAnswer(ProofSummary.of(run), Map.of(), Map.of(), List.of(), List.of());
        }
    }

    @Schema(name = "ProofsAnswer", description = "Certificates, the newest first. / 复核证书，新的在前。")
    record ProofsAnswer(
            @Schema(
                    description =
                            "whether a difference was found by the newest proof with a result, of figures that serve / "
                                    + "对在用数的最近一次有结论的复核是否发现不符")
            boolean alarm,

            @Schema(nullable = true, description = "proof that runs now / 正在进行的复核") @Nullable
            ProofSummary running,

            List<ProofSummary> items,

            @Schema(nullable = true, description = "cursor of the next page; null on the last / 下一页游标，末页为 null")
            @JsonProperty("next")
            @Nullable
            String next) {}
}
