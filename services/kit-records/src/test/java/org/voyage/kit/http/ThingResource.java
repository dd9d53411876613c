package org.voyage.kit.http;

import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.bulk.BatchUploadHandler;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.input.SourceId;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.sheet.TemplateFile;
import org.voyage.kit.sse.SseConnection;

@Path("/v1/things")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "things", description = "物品")
public class ThingResource {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Caller caller;
    private final BatchUploadHandler bulk;
    private final DataSource dataSource;
    private final CursorCodec cursors;
    private final CostLimits costs;

    ThingResource(
            Caller caller, BatchUploadHandler bulk, DataSource dataSource, CursorCodec cursors, CostLimits costs) {
        this.caller = caller;
        this.bulk = bulk;
        this.dataSource = dataSource;
        this.cursors = cursors;
        this.costs = costs;
    }

    @PUT
    @Path("/{province}/{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Map<String, Object> put(
            @PathParam("province") String province, @PathParam("sourceId") String sourceId, JsonBody body) {
        caller.requireWriteAccess(Province.fromPath(province));
        var id = SourceId.fromPath(sourceId);
        var thing = ThingRowHandler.read(body.fields());
        if (thing.name().equals("boom")) {
            throw new IllegalStateException("select secret from internals");
        }
        return Map.of("sourceId", id.value(), "name", thing.name());
    }

    @GET
    @Path("/{province}/{sourceId}")
    public Map<String, Object> get(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        caller.requireReadAccess(Province.fromPath(province));
        return Map.of("sourceId", SourceId.fromPath(sourceId).value());
    }

    @DELETE
    @Path("/{province}/{sourceId}")
    public Response unguarded(@PathParam("province") String province, @PathParam("sourceId") String sourceId)
            throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement("delete from thing where province = ? and source_id = ?")) {
            statement.setString(1, province);
            statement.setString(2, sourceId + "\0");
            statement.executeUpdate();
        }
        return Response.noContent().build();
    }

    @GET
    public Map<String, Object> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("updatedAfter") @Nullable String updatedAfter,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireReadScope();
        cursors.decode("things", 2, cursor);
        return Map.of(
                "limit",
                QueryParameters.parseLimit(limit),
                "after",
                String.valueOf(QueryParameters.parseInstant("updatedAfter", updatedAfter)));
    }

    /** Waits as for a database. */
    @GET
    @Path("/waiting")
    public Map<String, Object> answerAfterWait() throws InterruptedException {
        Thread.sleep(40);
        return Map.of();
    }

    /** Keeps a processor busy, as the page of a long list does. */
    @GET
    @Path("/large")
    @CostCategory(RequestCost.LARGE)
    public Map<String, Object> answerAfterWork() {
        long until = System.nanoTime() + 50_000_000;
        long turns = 0;
        while (System.nanoTime() < until) {
            turns++;
        }
        return Map.of("turns", turns);
    }

    /** A page as lists have it: some 300 bytes for each row. */
    @GET
    @Path("/rows")
    public List<Map<String, Object>> listRows(@QueryParam("limit") @Nullable String limit) {
        return IntStream.range(0, QueryParameters.parseLimit(limit))
                .mapToObj(number -> Map.<String, Object>of("sourceId", "R-" + number, "name", "pot".repeat(90)))
                .toList();
    }

    /** An export, which is known as one only when its question is understood. */
    @GET
    @Path("/wide")
    public Map<String, Object> answerWide() {
        costs.raiseCost(RequestCost.LARGE);
        return answerAfterWork();
    }

    /** A stream that ends when its client leaves. */
    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @CostCategory(RequestCost.STREAM)
    public void stream(@Context Sse sse, @Context SseEventSink sink, @Context HttpServerRequest request) {
        SseConnection.open(sse, sink, request, 1);
    }

    @GET
    @Path("/template.xlsx")
    @CostCategory(RequestCost.LARGE)
    @Produces(TemplateFile.MEDIA_TYPE)
    public Response template() {
        caller.requireReadScope();
        return TemplateFile.toResponse(RecordForm.of("thing"), TextLanguage.BOTH);
    }

    /** Not idempotent by itself: each call creates another thing. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Map<String, Object> make(@QueryParam("limit") @Nullable String limit, JsonBody body) {
        caller.requireWritableProvince();
        var thing = ThingRowHandler.read(body.fields());
        if (thing.name().equals("boom")) {
            throw new IllegalStateException("select secret from internals");
        }
        return Map.of(
                "number",
                MADE.incrementAndGet(),
                "name",
                thing.name(),
                "padding",
                thing.name().repeat(1_000));
    }

    @POST
    @Path("/{province}/{sourceId}/touches")
    public Response touch(@PathParam("province") String province, @PathParam("sourceId") String sourceId) {
        caller.requireWriteAccess(Province.fromPath(province));
        return Response.status(201)
                .header("Location", "/v1/things/touches/" + MADE.incrementAndGet())
                .build();
    }

    @GET
    @Path("/kept")
    public Response kept() {
        return Response.ok(Map.of("for", "a minute"))
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=60")
                .build();
    }

    @POST
    @Path("/batches")
    @CostCategory(RequestCost.UPLOAD)
    @Consumes({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    public Response batch(
            @QueryParam("mode") @Nullable String mode,
            @QueryParam("dryRun") @Nullable String dryRun,
            @QueryParam("tried") @Nullable String tried,
            @Context HttpHeaders headers,
            InputStream body) {
        return bulk.post("thing", headers, mode, dryRun, tried, body);
    }
}
