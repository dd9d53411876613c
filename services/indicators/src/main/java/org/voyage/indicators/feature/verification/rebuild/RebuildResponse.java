package org.voyage.indicators.feature.verification.rebuild;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Response DTO of a rebuild. */
@Schema(
        name = "Rebuild",
        description =
                "New live figures, counted from the log while the old ones serve. / " + "由日志重新计算的实时指标；其间原指标照常提供查询。")
record RebuildResponse(
        UUID id,
        Instant startedAt,
        @Schema(nullable = true) @Nullable Instant finishedAt,
        String by,

        @Schema(description = "whether the evidence is read again too / 是否同时重建证据库")
        boolean evidence,

        RebuildState state,

        @Schema(nullable = true, description = "reason if it did not complete / 未完成的原因") @Nullable
        String reason,

        @Schema(description = "number of events read so far / 已读取的事件数")
        long events,

        @Schema(
                description = "by topic and partition: offset up to which new and served figures were compared / "
                        + "按主题和分区：新旧指标比较到的偏移量")
        Map<String, Map<String, Long>> position,

        @Schema(description = "number of verified cells of the new figures / 已核验的新指标单元格数")
        long cells,

        @Schema(
                description =
                        "number of these cells that differ from evidence and published events; above 0 the rebuild is"
                                + " refused / 其中与证据库和已发布事件不符的个数；大于 0 的，重建不予采用")
        long differing,

        @Schema(
                description =
                        "number of cells of the old figures that differ from the new ones: the rebuild corrects them / "
                                + "原指标中与新指标不同、由重建纠正的单元格数")
        long repaired,

        @Schema(
                description =
                        "whether the evidence that was read again has replaced the old one. If the rebuild has `failed`"
                                + " after that, the old figures serve on with it until the next rebuild / "
                                + "重建的证据库是否已替换原证据库；此后重建仍为 `failed`（失败）的，原指标与新证据库继续使用，直到下"
                                + "次重建")
        boolean evidenceReplaced,

        @Schema(
                description = "in the evidence: versions of records that were missing, too many or different / "
                        + "证据库中缺少、多余或不同的记录版本数")
        long repairedVersions,

        @Schema(description = "in the evidence: dead letters that can be read now / 证据库中现可读取的死信数")
        long replayed,

        @Schema(
                nullable = true,
                description =
                        "certificate of the new figures, once they serve or are refused / " + "新指标的复核证书，采用或不予采用后给出")
        @Nullable
        UUID proof) {

    static RebuildResponse of(RebuildProgress rebuild) {
        return new RebuildResponse(
                rebuild.begun().id(),
                rebuild.begun().startedAt(),
                rebuild.end().endedAt(),
                rebuild.begun().requestedBy(),
                rebuild.begun().evidence(),
                rebuild.state(),
                rebuild.end().reason(),
                rebuild.events(),
                rebuild.verified().position(),
                rebuild.verified().cells(),
                rebuild.verified().differing(),
                rebuild.verified().repaired(),
                rebuild.replaced().isDone(),
                rebuild.replaced().versions(),
                rebuild.replaced().replayed(),
                rebuild.end().proof());
    }

    /** Returns the rebuild as failed, if its instance has ended before it. */
    RebuildResponse asFailed(String why) {
        return new RebuildResponse(
                id,
                startedAt,
                finishedAt,
                by,
                evidence,
                RebuildState.FAILED,
                why,
                events,
                position,
                cells,
                differing,
                repaired,
                evidenceReplaced,
                repairedVersions,
                replayed,
                proof);
    }
}
