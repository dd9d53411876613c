package org.voyage.feeds.grant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.scope.FeedFilter;

/** Answers about grants. */
public final class GrantResponses {

    private GrantResponses() {}

    /**
     * A grant.
     *
     * @param changedBy client id of the operator; shown to operators and auditors only
     * @param effect of the write that this answers, else null
     */
    @Schema(name = "Grant")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GrantResponse(
            String id,
            int version,
            @JsonUnwrapped FeedFilter rule,
            List<String> grantedFields,

            @Schema(description = "whether it opens the events of figures on Kafka / 是否开放 Kafka 上的统计指标变更事件")
            boolean figureEvents,

            String legalBasis,
            LocalDate from,
            @Nullable LocalDate until,
            Instant changedAt,
            @Nullable String changedBy,
            @Nullable GrantEffect effect) {

        static GrantResponse of(GrantVersion grant, boolean forStaff, @Nullable GrantEffect effect) {
            return new GrantResponse(
                    grant.id,
                    grant.version,
                    grant.filter(),
                    List.copyOf(grant.fields),
                    grant.figureEvents,
                    grant.legalBasis,
                    grant.from,
                    grant.until,
                    grant.changedAt,
                    forStaff ? grant.changedBy : null,
                    effect);
        }
    }

    /**
     * Effect of a write on what the alliance may see today.
     *
     * @param recordsIn records that it may see now and could not before
     * @param recordsOut records that it could see before and may not now
     * @param records records that it may see now
     */
    @Schema(name = "GrantEffect")
    public record GrantEffect(long recordsIn, long recordsOut, long records) {}

    @Schema(name = "GrantPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GrantPage(
            List<GrantResponse> items, @Nullable String next) {}

    /** Body of a grant, for the OpenAPI document. It names no colleges: members do that. */
    @Schema(name = "GrantFields")
    record GrantBody(
            @Schema(required = true, description = "types of records / 记录类型")
            List<FeedRecord> records,

            List<String> countries,
            List<String> lists,
            List<String> regions,
            List<String> provinces,
            List<String> brands,
            boolean members,

            @Schema(description = "fields on grant that it opens, as record.field / 授权开放的字段")
            List<String> grantedFields,

            @Schema(
                    defaultValue = "false",
                    description =
                            "true: it opens the events of figures that readers outside see, on Kafka / 为 true 时，开放 Kafka 上对外统计指标的变更事件")
            boolean figureEvents,

            @Schema(required = true, maxLength = 500, description = "legal basis / 法律依据")
            String legalBasis,

            @Schema(required = true, format = "date", description = "first day / 首日")
            String from,

            @Schema(format = "date", description = "first day on which it no longer holds / 失效之日")
            String until) {}
}
