package org.voyage.indicators.feature.published;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.published.PublishedSetResponses.BuiltInSet;
import org.voyage.indicators.feature.published.PublishedSetResponses.LoadAnswer;
import org.voyage.indicators.feature.published.PublishedSetResponses.SetAnswer;
import org.voyage.indicators.feature.published.PublishedSetResponses.SetVersionsAnswer;
import org.voyage.indicators.feature.published.PublishedSetResponses.SetsAnswer;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.kit.audit.AuditedRecord;
import org.voyage.kit.http.BodyReader;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: published statistics, as files that operators load. */
@Path("/v1/published-sets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Published sets",
        description = "Published statistics that operators load, version by version / " + "公布数据集：由运行人员载入的已公布数据，分版本保存")
@AuditedRecord(PublishedSetService.AUDIT_RECORD)
@RunOnVirtualThread
public class PublishedSetResource {

    private static final String CSV_TYPE = "text/csv";
    private static final int MAX_FILE_BYTES = 2 * 1024 * 1024;
    private static final int MAX_TEXT_LENGTH = 500;
    private static final String SET_EXAMPLE = "statistical-bulletin-2024";

    private final PublishedSetService sets;
    private final PublishedSetStore store;
    private final FigureAccessPolicy accessPolicy;
    private final CursorCodec cursors;
    private final Clock clock;

    PublishedSetResource(
            PublishedSetService sets,
            PublishedSetStore store,
            FigureAccessPolicy accessPolicy,
            CursorCodec cursors,
            Clock clock) {
        this.sets = sets;
        this.store = store;
        this.accessPolicy = accessPolicy;
        this.cursors = cursors;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "listPublishedSets",
            summary = "The sets / 查询公布数据集",
            description =
                    "The set that comes with the platform, and the loaded ones, by name. / " + "平台内置的和已载入的公布数据集，按编号排列。")
    public SetsAnswer list(@QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        accessPolicy.requireOperatorOrAuditor();
        int size = QueryParameters.parseLimit(limit);
        Cursor from = cursors.decode("published-sets", 1, cursor);
        List<PublishedSet> found = store.findNewest(from == null ? "" : from.text(0), size + 1);
        List<PublishedSet> shown = found.subList(0, Math.min(size, found.size()));
        return new SetsAnswer(
                new BuiltInSet(SetVersion.BUILT_IN.set(), SetVersion.BUILT_IN.version(), sets.countBuiltIn()),
                shown.stream().map(SetAnswer::of).toList(),
                found.size() > size
                        ? cursors.encode(
                                "published-sets", shown.getLast().setVersion().set())
                        : null);
    }

    @GET
    @Path("/{set}")
    @Operation(
            operationId = "listPublishedSetVersions",
            summary = "The versions of a set / 查询公布数据集的各版本",
            description = "The newest first, withdrawn ones too. / 新的在前，含已撤下的。")
    public SetVersionsAnswer versions(
            @PathParam("set") @Parameter(example = SET_EXAMPLE) String set,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        accessPolicy.requireOperatorOrAuditor();
        int size = QueryParameters.parseLimit(limit);
        String list = "published-set " + set;
        Cursor from = cursors.decode(list, 1, cursor);
        if (!SetVersion.isValidName(set)) {
            throw new Refusal.NotFound();
        }
        int below = from == null ? Integer.MAX_VALUE : Math.clamp(from.integer(0), 1, Integer.MAX_VALUE);
        List<PublishedSet> found = store.findVersions(set, below, size + 1);
        if (found.isEmpty()) {
            throw new Refusal.NotFound();
        }
        List<PublishedSet> shown = found.subList(0, Math.min(size, found.size()));
        return new SetVersionsAnswer(
                shown.stream().map(SetAnswer::of).toList(),
                found.size() > size
                        ? cursors.encode(list, shown.getLast().setVersion().version())
                        : null);
    }

    @GET
    @Path("/{set}/versions/{version}")
    @Produces(CSV_TYPE)
    @Operation(
            operationId = "getPublishedSetFile",
            summary = "The file of a version / 下载一个版本的原文件",
            description = "Byte for byte as it was sent. / 与载入时完全一致。")
    @APIResponse(
            responseCode = "200",
            description = "The file / 文件",
            content = @Content(mediaType = CSV_TYPE, schema = @Schema(implementation = String.class)))
    public Response file(
            @PathParam("set") @Parameter(example = SET_EXAMPLE) String set,
            @PathParam("version") @Parameter(example = "1") String version) {
        accessPolicy.requireOperatorOrAuditor();
        SetVersion of = requireVersion(set, version);
        byte[] csv = store.findContent(of).orElseThrow(Refusal.NotFound::new);
        return Response.ok(csv, CSV_TYPE)
                .header("Content-Disposition", "attachment; filename=\"" + set + "-" + of.version() + ".csv\"")
                .build();
    }

    @PUT
    @Path("/{set}")
    @Consumes(CSV_TYPE)
    @Operation(
            operationId = "putPublishedSet",
            summary = "Load a set, or its next version / 载入公布数据集或其新版本",
            description =
                    "CSV in UTF-8, with or without a byte order mark, in the columns of contracts/published. Every"
                            + " line is checked. A wrong line refuses the whole file, and errors[] names line and column"
                            + " (`/12/value`). A file with the content of the version that counts makes no new version. A dry"
                            + " run checks and stores nothing. / "
                            + "UTF-8 编码的 CSV（有无 BOM 均可），列与 contracts/published 相同。逐行检查，任一行有误的，整个文件"
                            + "退回，errors[] 指明行和列（如 `/12/value`）。与现行版本内容相同的，不产生新版本。试运行只检查，不"
                            + "入库。")
    @RequestBody(
            required = true,
            content = @Content(mediaType = CSV_TYPE, schema = @Schema(implementation = String.class)))
    @APIResponse(
            responseCode = "200",
            description =
                    "Nothing is stored: the content was there already, or this is a dry run / " + "未入库：内容相同，或为试运行",
            content = @Content(schema = @Schema(implementation = LoadAnswer.class)))
    @APIResponse(
            responseCode = "201",
            description = "Stored as a new version / 已存为新版本",
            content = @Content(schema = @Schema(implementation = LoadAnswer.class)))
    public Response load(
            @PathParam("set") @Parameter(example = SET_EXAMPLE) String set,
            @QueryParam("title") @Parameter(required = true, example = "2024 年统计公报") @Nullable String title,
            @QueryParam("source")
                    @Parameter(
                            required = true,
                            description = "publisher and place of publication / 发布单位和出处",
                            example = "教育部")
                    @Nullable
                    String source,
            @QueryParam("publishedOn")
                    @Parameter(
                            description = "day of publication, for lines without their own / 公布日期，用于未另行注明的行",
                            example = "2025-09-30")
                    @Nullable
                    String publishedOn,
            @QueryParam("dryRun")
                    @Parameter(
                            description = "check only / 只检查，不入库",
                            example = "true",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable
                    String dryRun,
            @HeaderParam("Content-Encoding") @Parameter(hidden = true) @Nullable String encoding,
            InputStream body)
            throws IOException {
        String by = requireOperator();
        boolean dry = QueryParameters.parseFlag("dryRun", dryRun, false);
        PublishedSetService.PublishedSetUpload sent = new PublishedSetService.PublishedSetUpload(
                requireName(set),
                requireText("title", title),
                requireText("source", source),
                parsePublishedOn(publishedOn),
                BodyReader.readWhole(body, encoding, MAX_FILE_BYTES),
                by);
        PublishedSetService.SetLoadResult loaded = sets.storeSet(sent, dry);
        SetAnswer answer = SetAnswer.of(loaded.set());
        if (!loaded.isNew()) {
            return Response.ok(new LoadAnswer("unchanged", answer)).build();
        }
        return dry
                ? Response.ok(new LoadAnswer("would-be-created", answer)).build()
                : Response.created(URI.create("/v1/published-sets/" + set + "/versions/" + answer.version()))
                        .entity(new LoadAnswer("created", answer))
                        .build();
    }

    @DELETE
    @Path("/{set}/versions/{version}")
    @Operation(
            operationId = "withdrawPublishedSetVersion",
            summary = "Withdraw a version, with a reason / 撤下公布数据集的一个版本",
            description = "It is no longer compared, but can still be read. The newest other version counts again. / "
                    + "该版本不再计入对账，仍可查阅；其余版本中最新的一版恢复计入。")
    public SetAnswer withdraw(
            @PathParam("set") @Parameter(example = SET_EXAMPLE) String set,
            @PathParam("version") @Parameter(example = "1") String version,
            @QueryParam("reason") @Parameter(required = true, example = "第 12 行有误") @Nullable String reason) {
        String by = requireOperator();
        return SetAnswer.of(sets.withdrawVersion(requireVersion(set, version), requireText("reason", reason), by));
    }

    private String requireOperator() {
        return accessPolicy.requireOperator("Only an operator loads published statistics.", "只有运行人员可以载入已公布数据。");
    }

    private static String requireName(String set) {
        if (!SetVersion.isValidName(set)) {
            throw new Refusal.Malformed(new Finding(
                    "{set}",
                    "slug",
                    "A set is named by lower-case words joined by hyphens, at most " + SetVersion.MAX_NAME_LENGTH
                            + " characters.",
                    "数据集名称应为以连字符连接的小写单词，最多 " + SetVersion.MAX_NAME_LENGTH + " 个字符。"));
        }
        if (set.equals(SetVersion.BUILT_IN.set())) {
            throw new Refusal.Conflict(new Finding(
                    "{set}", "built-in", "This set comes with the platform; choose another name.", "该数据集由平台自带，请另取名称。"));
        }
        return set;
    }

    /** Returns the version of the path, or throws NotFound for an impossible one before any query. */
    private static SetVersion requireVersion(String set, String version) {
        if (!SetVersion.isValidName(set) || !version.matches("[1-9]\\d{0,8}")) {
            throw new Refusal.NotFound();
        }
        return new SetVersion(set, Integer.parseInt(version));
    }

    private static String requireText(String name, @Nullable String text) {
        String given = QueryParameters.parseText(name, text, MAX_TEXT_LENGTH);
        if (given == null || given.isBlank()) {
            throw new Refusal.Malformed(
                    Finding.query(name, "required", "Expected " + name + ".", "缺少参数 " + name + "。"));
        }
        return given;
    }

    private Optional<LocalDate> parsePublishedOn(@Nullable String text) {
        Optional<LocalDate> day = Optional.ofNullable(QueryParameters.parseDate("publishedOn", text));
        if (day.filter(LocalDate.now(clock)::isBefore).isPresent()) {
            throw new Refusal.Malformed(
                    Finding.query("publishedOn", "date-future", "This day has not come yet.", "该日期尚未到来。"));
        }
        return day;
    }
}
