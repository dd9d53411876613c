package org.voyage.kit.bulk;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;

/** HTTP resource of the causes of refused rows, added up over files. */
@Path("/v1/refusals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "batches")
public class RefusalCauseResource {
    private static final int MAX_PROVINCE_LENGTH = 2;
    private static final Duration DEFAULT_SPAN = Duration.ofDays(30);

    private final Caller caller;
    private final RefusalCauseQuery causes;
    private final RowHandlerRegistry handlers;
    private final Clock clock = Clock.systemUTC();

    RefusalCauseResource(Caller caller, RefusalCauseQuery causes, RowHandlerRegistry handlers) {
        this.caller = caller;
        this.causes = causes;
        this.handlers = handlers;
    }

    /** Causes of refused rows, the most frequent first. */
    @Schema(name = "RefusalCauses")
    public record RefusalCauses(Instant from, List<RefusalCause> items) {}

    /**
     * Rows that break the same rule at the same place, of any number of files; a row that was sent again counts again.
     *
     * @param rows number of rows; 0 if only whole files were refused
     * @param values the values that occur most often; hidden ones are left out
     * @param batch newest file with this cause
     * @param detail text of the newest finding, as an example
     */
    @Schema(name = "RefusalCause")
    public record RefusalCause(
            String rule,
            String pointer,
            long rows,
            long files,
            List<String> provinces,
            List<String> records,
            List<RefusedValue> values,
            UUID batch,
            Instant lastSeenAt,
            String detail,
            String detailZh,
            String repair,
            String repairZh) {}

    /** A value, and the number of rows that have it. */
    @Schema(name = "RefusedValue")
    public record RefusedValue(String value, long rows) {}

    @GET
    @CostCategory(RequestCost.LARGE)
    @Operation(
            operationId = "listRefusalCauses",
            summary =
                    "Why rows were refused, added up over all files and dry runs, at most 100 causes / 各批次拒绝原因汇总，最多 100 项")
    public RefusalCauses list(
            @Parameter(description = "Whose files, two digits of GB/T 2260 / 所属省份") @QueryParam("province") @Nullable
                    String province,
            @Parameter(description = "What the rows are, e.g. overseas-school / 记录类型") @QueryParam("record") @Nullable
                    String record,
            @Parameter(
                            description = "Files begun since, 30 days ago if absent / 起始时刻，默认 30 天前",
                            example = "2026-11-01T00:00:00Z")
                    @QueryParam("from")
                    @Nullable
                    String from) {
        var only = caller.requireReadScope().province().map(Province::code).orElse(null);
        var since = QueryParameters.parseInstant("from", from);
        var begin = since == null ? clock.instant().minus(DEFAULT_SPAN) : since;
        return new RefusalCauses(
                begin,
                causes.findCauses(
                        begin,
                        only,
                        QueryParameters.parseText("province", province, MAX_PROVINCE_LENGTH),
                        QueryParameters.parseEnum("record", record, handlers.records())));
    }
}
