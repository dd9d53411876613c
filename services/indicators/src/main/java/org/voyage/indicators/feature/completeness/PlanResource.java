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
@Tag(name = "Completeness", description = "Who has sent what, and how far each year has come.")
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

    @Schema(name = "Plan", description = "What is expected about a year.")
    public record PlanAnswer(
            @Schema(examples = YEAR_EXAMPLE) int year,

            @Schema(description = "grows by one with every file that says something else", examples = "1")
            int version,

            @Schema(description = "how many lines it has; with none the year before is expected")
            int lines,

            Instant loadedAt,

            @Schema(description = "client id of the operator")
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
            summary = "The plans",
            description = "The version of each year that counts, the latest year first.")
    public PlansAnswer list() {
        accessPolicy.requireOperatorOrAuditor();
        return new PlansAnswer(plans.listNewest().stream().map(PlanAnswer::of).toList());
    }

    @GET
    @Path("/{year}")
    @Produces(CSV_TYPE)
    @Operation(
            operationId = "getPlanFile",
            summary = "The plan of a year",
            description = "The file of the version that counts, byte for byte.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
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
            summary = "Load the plan of a year",
            description =
                    "CSV in UTF-8 with the columns `province,service,records`: how many records about the year a province is"
                            + " to have sent to a service. A line that is wrong refuses the whole file, and errors[] names it"
                            + " (`/12/province`). Whom no line names, and everybody under headings alone, is expected to send as"
                            + " many as about the year before.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = CSV_TYPE, schema = @Schema(implementation = String.class)))
    @APIResponse(
            responseCode = "200",
            description = "The version that counts says this already",
            content = @Content(schema = @Schema(implementation = PlanAnswer.class)))
    @APIResponse(
            responseCode = "201",
            description = "Stored as a new version",
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
