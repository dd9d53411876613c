package org.voyage.indicators.feature.completeness;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.BodyReader;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: plans of expected records, as files that operators load. */
@Path("/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Completeness", description = "Records that provinces sent, and the state of each year. / 报送情况：各省的报送和各年度状态")
@AuditedRecord(ReportingPlanStore.AUDIT_RECORD)
@RunOnVirtualThread
public class PlanResource {

    private static final String CSV_TYPE = "text/csv";
    private static final int MAX_FILE_BYTES = 64 * 1024;
    private static final int FIRST_YEAR = 1949;
    private static final String YEAR_EXAMPLE = "2026";

    private final ReportingPlanStore plans;
    private final FigureAccessPolicy accessPolicy;
    private final Clock clock;

    PlanResource(ReportingPlanStore plans, FigureAccessPolicy accessPolicy, Clock clock) {
        this.plans = plans;
        this.accessPolicy = accessPolicy;
        this.clock = clock;
    }

    @Schema(name = "Plan", description = "Expected records about a year. / 某一年度的报送计划。")
    public record PlanAnswer(
            @Schema(examples = YEAR_EXAMPLE) int year,

            @Schema(description = "grows by one with every file of other content / 版本号，内容有变化的文件每载入一次加一", examples = "1")
            int version,

            @Schema(
                    description =
                            "number of its lines; without lines as many records as about the year before are expected / "
                                    + "行数；没有行的，应有数按上年")
            int lines,

            Instant loadedAt,

            @Schema(description = "client id of the operator / 运行人员的客户端编号")
            String loadedBy) {

        static PlanAnswer of(ReportingPlan plan) {
            return new PlanAnswer(plan.year(), plan.version(), plan.lines(), plan.loadedAt(), plan.loadedBy());
        }
    }

    @Schema(name = "Plans")
    public record PlansAnswer(List<PlanAnswer> items) {}

    @GET
    @Operation(
            operationId = "listPlans",
            summary = "The plans / 查询报送计划",
            description = "The version of each year that counts, the latest year first. / 各年度现行的版本，年度由近及远。")
    public PlansAnswer list() {
        accessPolicy.requireOperatorOrAuditor();
        return new PlansAnswer(plans.listNewest().stream().map(PlanAnswer::of).toList());
    }

    @GET
    @Path("/{year}")
    @Produces(CSV_TYPE)
    @Operation(
            operationId = "getPlanFile",
            summary = "The plan of a year / 查询年度报送计划",
            description = "The file of the version that counts, byte for byte. / 现行版本的原文件。")
    @APIResponse(
            responseCode = "200",
            description = "The file / 文件",
            content = @Content(mediaType = CSV_TYPE, schema = @Schema(implementation = String.class)))
    public Response file(@PathParam("year") @Parameter(example = YEAR_EXAMPLE) String year) {
        accessPolicy.requireOperatorOrAuditor();
        return Response.ok(plans.findContent(requirePlannableYear(year)).orElseThrow(Refusal.NotFound::new), CSV_TYPE)
                .build();
    }

    @PUT
    @Path("/{year}")
    @Consumes(CSV_TYPE)
    @Operation(
            operationId = "putPlan",
            summary = "Load the plan of a year / 载入年度报送计划",
            description =
                    "CSV in UTF-8 with the columns `province,service,records`: the number of records about the year"
                            + " that a province is to send to a service. A wrong line refuses the whole file, and errors[] names"
                            + " it (`/12/province`). Provinces without a line, and all provinces if the file has only headings,"
                            + " are expected to send as many as about the year before. / "
                            + "UTF-8 编码的 CSV，列为 `province,service,records`：一个省份一项业务该年度应有的记录数。任一行有误"
                            + "的，整个文件退回，errors[] 指明位置（如 `/12/province`）。未列出的省份，以及只有表头的文件，应有数"
                            + "按上年。")
    @RequestBody(
            required = true,
            content = @Content(mediaType = CSV_TYPE, schema = @Schema(implementation = String.class)))
    @APIResponse(
            responseCode = "200",
            description = "The version that counts has the same content / 与现行版本内容相同",
            content = @Content(schema = @Schema(implementation = PlanAnswer.class)))
    @APIResponse(
            responseCode = "201",
            description = "Stored as a new version / 已存为新版本",
            content = @Content(schema = @Schema(implementation = PlanAnswer.class)))
    public Response load(
            @PathParam("year") @Parameter(example = YEAR_EXAMPLE) String year,
            @HeaderParam("Content-Encoding") @Parameter(hidden = true) @Nullable String encoding,
            InputStream body)
            throws IOException {
        String by = accessPolicy.requireOperator("Only an operator loads plans.", "只有运行人员可以载入计划。");
        ReportingPlanStore.PlanLoadResult loaded =
                plans.storePlan(requirePlannableYear(year), BodyReader.readWhole(body, encoding, MAX_FILE_BYTES), by);
        PlanAnswer answer = PlanAnswer.of(loaded.plan());
        return (loaded.isNew() ? Response.created(URI.create("/v1/plans/" + answer.year())) : Response.ok())
                .entity(answer)
                .build();
    }

    /** Returns the year of the path, or throws NotFound for a year that cannot have a plan. */
    private int requirePlannableYear(String text) {
        int next = LocalDate.now(clock).getYear() + 1;
        if (!text.matches("[12]\\d{3}") || Integer.parseInt(text) < FIRST_YEAR || Integer.parseInt(text) > next) {
            throw new Refusal.NotFound();
        }
        return Integer.parseInt(text);
    }
}
