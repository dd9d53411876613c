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

    @Schema(
            name = "SetAnswer",
            description = "Version of a set of published statistics, as it was sent. / " + "公布数据集的一个版本，内容与载入时一致。")
    record SetAnswer(
            String set,
            int version,
            String title,
            String source,

            @Schema(nullable = true, description = "day of publication; a line may name its own / 公布日期；各行可另行注明")
            @Nullable
            LocalDate publishedOn,

            int lines,
            Instant loadedAt,
            String loadedBy,

            @Schema(nullable = true, description = "absent while the version counts / 撤下情况；计入对账的版本没有此项")
            @JsonInclude(NON_NULL)
            @Nullable
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

    @Schema(name = "WithdrawalAnswer", description = "Reason for which a version no longer counts. / 版本不再计入对账的原因。")
    record WithdrawalAnswer(String reason, Instant at, String by) {

        static WithdrawalAnswer of(SetWithdrawal withdrawal) {
            return new WithdrawalAnswer(withdrawal.reason(), withdrawal.at(), withdrawal.by());
        }
    }

    @Schema(
            name = "BuiltIn",
            description =
                    "Set that comes with the platform. It is neither loaded nor withdrawn. / " + "平台内置的公布数据集，不载入，也不撤下。")
    record BuiltInSet(String set, int version, int lines) {}

    @Schema(name = "Sets")
    record SetsAnswer(
            BuiltInSet builtIn,

            @Schema(
                    description = "of each set the version that counts, or the last one if all are withdrawn / "
                            + "各数据集计入对账的版本；全部撤下的为最后一版")
            List<SetAnswer> items,

            @Schema(nullable = true) @Nullable String next) {}

    @Schema(name = "Versions")
    record SetVersionsAnswer(
            @Schema(description = "the newest first / 新的在前") List<SetAnswer> items,
            @Schema(nullable = true) @Nullable String next) {}

    @Schema(name = "LoadAnswer", description = "Result of a loaded file. / 载入文件的结果。")
    record LoadAnswer(
            @Schema(
                    description =
                            "created: stored as this version; would-be-created: result of a dry run; unchanged: this version"
                                    + " has the same content / "
                                    + "created：已存为该版本；would-be-created：试运行结果；unchanged：与该版本内容相同",
                    enumeration = {"created", "would-be-created", "unchanged"})
            String outcome,

            SetAnswer set) {}
}
