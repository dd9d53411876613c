package org.voyage.kit.bulk;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Parameters;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Caller;
import org.voyage.kit.access.Province;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.bulk.outcome.RowOutcome;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.http.TextLanguage;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.ColumnMapping;
import org.voyage.kit.sheet.RecordFormFactory;

/** HTTP resource of batches, the uploaded files of records. */
@Path("/v1/batches")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "batches", description = "批量报送")
public class BatchResource {
    private static final CodeSet<BatchState> STATES = CodeSet.of("state", BatchState.class);
    private static final CodeSet<String> OUTCOMES = CodeSet.of("row-outcome", RowOutcome.WORDS_BY_LETTER.values());
    private static final int MAX_PROVINCE_LENGTH = 2;
    private static final int MAX_ROWS = 1_000_000;

    private final Caller caller;
    private final BatchQueries queries;
    private final BatchStore store;
    private final RowHandlerRegistry handlers;
    private final DryRunChanges tried;
    private final RecordFormFactory forms;
    private final CursorCodec cursors;

    BatchResource(
            Caller caller,
            BatchQueries queries,
            BatchStore store,
            RowHandlerRegistry handlers,
            DryRunChanges tried,
            RecordFormFactory forms,
            CursorCodec cursors) {
        this.caller = caller;
        this.queries = queries;
        this.store = store;
        this.handlers = handlers;
        this.tried = tried;
        this.forms = forms;
        this.cursors = cursors;
    }

    /** A page of batches, the newest first. */
    @Schema(name = "BatchPage")
    public record BatchPage(
            List<BatchResponse> items, @Nullable String next) {}

    @GET
    @Operation(operationId = "listBatches", summary = "The batches of the caller's province, newest first / 查询批次，新的在前")
    public BatchPage list(
            @Parameter(description = "Whose they are, two digits of GB/T 2260 / 所属省份") @QueryParam("province") @Nullable
                    String province,
            @Parameter(description = "What the rows are, e.g. overseas-school / 记录类型") @QueryParam("record") @Nullable
                    String record,
            @Parameter(
                            description = "receiving, running, done, failed or interrupted / 批次状态",
                            schema = @Schema(enumeration = {"receiving", "running", "done", "failed", "interrupted"}))
                    @QueryParam("state")
                    @Nullable
                    String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int size = QueryParameters.parseLimit(limit);
        var only = caller.requireReadScope().province().map(Province::code).orElse(null);
        var list = "batches " + only + "|" + province + "|" + record + "|" + state;
        var from = cursors.decode(list, 2, cursor);
        var where = new StringBuilder("1 = 1");
        var parameters = new Parameters();
        if (only != null) {
            where.append(" and province = :only");
            parameters.and("only", only);
        }
        if (province != null) {
            where.append(" and province = :province");
            parameters.and("province", QueryParameters.parseText("province", province, MAX_PROVINCE_LENGTH));
        }
        if (record != null) {
            where.append(" and record = :record");
            parameters.and("record", QueryParameters.parseCode("record", record, handlers.records()));
        }
        if (state != null) {
            where.append(" and state = :state");
            parameters.and("state", QueryParameters.parseCode("state", state, STATES));
        }
        if (from != null) {
            where.append(" and (startedAt < :at or startedAt = :at and id < :id)");
            parameters.and("at", from.instant(0)).and("id", from.uuid(1));
        }
        List<Batch> found = Batch.<Batch>find(where + " order by startedAt desc, id desc", parameters)
                .range(0, size)
                .list();
        var shown = found.subList(0, Math.min(size, found.size()));
        return new BatchPage(
                shown.stream().map(BatchResponse::ofListed).toList(),
                found.size() > size ? cursors.encode(list, shown.getLast().startedAt, shown.getLast().id) : null);
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getBatch",
            summary = "How far a batch is, and its errors collapsed to causes / 批次进度与拒绝原因汇总")
    public BatchResponse getBatch(@PathParam("id") String id) {
        return queries.toJson(find(id));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "stopBatch",
            summary =
                    "Stop a file that has not ended; rows of mode rows that have an outcome stay stored / 停止处理中的批次，已逐行入库的数据保留")
    public BatchResponse stopBatch(@PathParam("id") String id) {
        caller.requireWritableProvince();
        var batch = find(id);
        QuarkusTransaction.requiringNew().run(() -> store.stopBatch(batch));
        return queries.toJson(batch.id);
    }

    @GET
    @Path("/{id}/rows")
    @Produces(BatchFormat.NDJSON_TYPE)
    @Operation(
            operationId = "listBatchRows",
            summary = "What became of every row; in a dry run what would change / 逐行处理结果，试运行含拟变更字段")
    @APIResponse(
            responseCode = "200",
            description = "One row a line / 每行一条结果",
            content = @Content(mediaType = BatchFormat.NDJSON_TYPE, schema = @Schema(type = SchemaType.STRING)))
    public Response getRows(
            @PathParam("id") String id,
            @Parameter(
                            description = "How many rows, all of them if absent / 最多返回的行数，默认全部",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000000"))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(
                            description =
                                    "Number of the row behind which they begin, the last one of the page before / 从该行号之后开始",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(
                            description =
                                    "Only rows with these outcomes, separated by commas: created, corrected, unchanged,"
                                            + " withdrawn, parked or refused / 仅返回指定处理结果的行，可用逗号分隔",
                            example = "refused,corrected")
                    @QueryParam("outcome")
                    List<String> outcomes) {
        long most = QueryParameters.parseInteger("limit", limit, 1, MAX_ROWS, Long.MAX_VALUE);
        long behind = QueryParameters.parseInteger("after", after, 0, Long.MAX_VALUE - 1, 0);
        var batch = find(id);
        RefusedRowRetention.requireOutcomes(batch);
        var writer = new RowOutcomesWriter(batch.id, behind, most, lettersOf(outcomes), queries);
        return Response.ok((StreamingOutput) writer::writeTo, BatchFormat.NDJSON_TYPE)
                .build();
    }

    /** Returns the letters of the wanted outcomes; empty for all. */
    private static String lettersOf(List<String> outcomes) {
        var letters = new StringBuilder();
        for (var word : QueryParameters.parseValues("outcome", outcomes)) {
            QueryParameters.parseCode("outcome", word, OUTCOMES);
            RowOutcome.WORDS_BY_LETTER.forEach((letter, known) -> {
                if (known.equals(word)) {
                    letters.append(letter);
                }
            });
        }
        return letters.toString();
    }

    @GET
    @Path("/{id}/changes")
    @CostCategory(RequestCost.LARGE)
    @Produces(BatchFormat.NDJSON_TYPE)
    @Operation(
            operationId = "listBatchChanges",
            summary =
                    "What a dry run would change, record by record, as previews of figures take it; kept for a day / 试运行的拟变更记录，可直接用于指标预览，保留一天")
    @APIResponse(
            responseCode = "200",
            description = "One record a line / 每行一条记录",
            content = @Content(mediaType = BatchFormat.NDJSON_TYPE, schema = @Schema(type = SchemaType.STRING)))
    public Response getChanges(@PathParam("id") String id) {
        return tried.toResponse(find(id)).build();
    }

    @GET
    @Path("/{id}/refused")
    @CostCategory(RequestCost.LARGE)
    @Produces({BatchFormat.NDJSON_TYPE, BatchFormat.CSV_TYPE, BatchFormat.XLSX_TYPE})
    @Operation(
            operationId = "getRefusedRows",
            summary = "The refused rows as a file to correct and send again, in the format that was sent /"
                    + " 下载被拒绝的行，修改后可重新报送")
    @APIResponse(
            responseCode = "200",
            description = "The rows with the reasons / 被拒绝的行及原因",
            content = {
                @Content(mediaType = BatchFormat.NDJSON_TYPE, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = BatchFormat.CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = BatchFormat.XLSX_TYPE,
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response getRefusedRows(
            @PathParam("id") String id, @QueryParam("lang") @Nullable String lang, @Context HttpHeaders headers) {
        var batch = find(id);
        RefusedRowRetention.requireRefusedRows(batch);
        var form = forms.createForm(batch.record, Province.of(batch.province))
                .withMapping(ColumnMapping.parse(batch.columnMapping));
        var file = new RefusedRowsFile(batch, queries, form, TextLanguage.parse(lang, headers));
        return Response.ok((StreamingOutput) file::writeTo, batch.format.contentType(batch.charset))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"refused-" + batch.id + "." + batch.format.extension() + "\"")
                .build();
    }

    private Batch find(String id) {
        var scope = caller.requireReadScope();
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound();
        }
        @Nullable Batch batch = Batch.findById(uuid);
        if (batch == null || !scope.covers(Province.of(batch.province))) {
            throw new Refusal.NotFound();
        }
        return batch;
    }
}
