package org.voyage.indicators.feature.rehearsal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.Bulkhead;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.http.BodyReader;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;

/** HTTP resource: rehearsal of a candidate definition next to the active one. */
@Path("/v1/indicators/{code}/rehearsals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Rehearsals",
        description = "Two versions of a definition compared on the same records / " + "口径试算：两种口径对同一批记录的结果对比")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class RehearsalResource {

    private static final String YAML_TYPE = "application/yaml";
    private static final int MAX_DEFINITION_BYTES = 64 * 1024;
    private static final String LIMIT_PARAMETER = "limit";
    private static final String CURSOR_PARAMETER = "cursor";
    private static final String DIFFERING_PARAMETER = "differing";
    private static final Set<String> EXTRA_PARAMETERS =
            Set.of(LIMIT_PARAMETER, CURSOR_PARAMETER, DIFFERING_PARAMETER, AsOfViewResolver.AS_OF);

    private final FigureCatalogue catalogue;
    private final CandidateDefinitionParser candidates;
    private final DefinitionRehearsal rehearsal;
    private final FigureQueryParser queries;
    private final AsOfViewResolver asOfResolver;
    private final FigureAccessPolicy accessPolicy;
    private final CursorCodec cursors;
    private final Bulkhead bulkhead = new Bulkhead(1);

    RehearsalResource(
            FigureCatalogue catalogue,
            CandidateDefinitionParser candidates,
            DefinitionRehearsal rehearsal,
            FigureQueryParser queries,
            AsOfViewResolver asOfResolver,
            FigureAccessPolicy accessPolicy,
            CursorCodec cursors) {
        this.catalogue = catalogue;
        this.candidates = candidates;
        this.rehearsal = rehearsal;
        this.queries = queries;
        this.asOfResolver = asOfResolver;
        this.accessPolicy = accessPolicy;
        this.cursors = cursors;
    }

    @POST
    @Consumes(YAML_TYPE)
    @ExtraQueryParameters("*")
    @Operation(
            operationId = "rehearseDefinition",
            summary = "Try a definition before it serves / 启用前试算口径",
            description =
                    "Takes a definition in the form of a file of contracts/indicators, and checks it as the service"
                            + " does at its start. Returns its values next to those of the current definition, both counted from"
                            + " the same evidence. For a figure that does not exist yet, only the candidate has values. Takes"
                            + " the parameters of values. Nothing is stored; one rehearsal runs at a time. `next` goes on at the"
                            + " same moment, with the same file. / "
                            + "提交一份口径（格式与 contracts/indicators 的文件相同），按服务启动时的要求检查，并将其数值与现行口"
                            + "径对照，两者均由同一证据库计算。尚不存在的指标只有候选口径的数值。参数与查询数值相同。不入库；同一"
                            + "时间只进行一次试算。翻页用 `next`，时点不变，须提交同一文件。")
    @Parameter(name = "by", in = ParameterIn.QUERY, example = "hostCountry", description = "as for values / 与查询数值相同")
    @Parameter(name = "period", in = ParameterIn.QUERY, example = "2023", description = "as for values / 与查询数值相同")
    @Parameter(
            name = DIFFERING_PARAMETER,
            in = ParameterIn.QUERY,
            example = "false",
            description = "false: also places at which both are the same / false：同时列出结果相同的项")
    @Parameter(
            name = AsOfViewResolver.AS_OF,
            in = ParameterIn.QUERY,
            example = "2026-11-01T00:00:00Z",
            description = "the value as known at this moment; absent: now / 按该时点所知计算；不填的为现在")
    @Parameter(
            name = LIMIT_PARAMETER,
            in = ParameterIn.QUERY,
            example = "100",
            description = "number of rows, 1 to 1000 / 每页条数，1 至 1000")
    @Parameter(name = CURSOR_PARAMETER, in = ParameterIn.QUERY, description = "next of the previous page / 上一页的 next")
    @RequestBody(
            required = true,
            content = @Content(mediaType = YAML_TYPE, schema = @Schema(implementation = String.class)))
    public RehearsalResponses.RehearsalAnswer rehearse(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @Context UriInfo uri,
            @HeaderParam("Content-Encoding") @Parameter(hidden = true) @Nullable String encoding,
            InputStream body)
            throws IOException {
        accessPolicy.requireOperator("Only an operator rehearses a definition.", "只有运行人员可以试算定义。");
        Optional<Figure> active = catalogue.findFigure(code);
        byte[] yaml = BodyReader.readWhole(body, encoding, MAX_DEFINITION_BYTES);
        Map<String, List<String>> parameters = uri.getQueryParameters();
        int limit = QueryParameters.parseLimit(FigureQueryParser.readSingle(LIMIT_PARAMETER, parameters));
        boolean differing = QueryParameters.parseFlag(
                DIFFERING_PARAMETER, FigureQueryParser.readSingle(DIFFERING_PARAMETER, parameters), true);
        String list = cursorList(code, yaml, parameters);
        Cursor cursor = cursors.decode(list, 2, FigureQueryParser.readSingle(CURSOR_PARAMETER, parameters));
        return bulkhead.runWithin(() -> {
            Figure candidate = candidates.parseCandidate(code, yaml);
            Checkpoint checkpoint = asOfResolver.checkpointOf(
                    AsOfViewResolver.AS_OF,
                    cursor == null
                            ? AsOfViewResolver.parseInstant(AsOfViewResolver.AS_OF, parameters)
                            : cursor.instant(0));
            RehearsedDefinition.RehearsalQueryParser reading =
                    figure -> queries.parse(figure, parameters, EXTRA_PARAMETERS, asOfResolver.todayAt(checkpoint));
            Optional<RehearsedDefinition> before = active.map(figure -> RehearsedDefinition.of(figure, reading));
            RehearsedDefinition after = RehearsedDefinition.of(candidate, reading);
            FigureQuery asked = after.query()
                    .or(() -> before.flatMap(RehearsedDefinition::query))
                    .orElseThrow(() -> after.refusal().orElseThrow());
            DefinitionRehearsal.RehearsalComparison compared = rehearsal.compareDefinitions(before, after, checkpoint);
            List<DefinitionRehearsal.RehearsedRow> different = compared.rows().stream()
                    .filter(DefinitionRehearsal.RehearsedRow::differs)
                    .toList();
            List<DefinitionRehearsal.RehearsedRow> rows = differing ? different : compared.rows();
            int from = cursor == null ? 0 : Math.clamp(cursor.integer(1), 0, rows.size());
            int to = Math.min(rows.size(), from + limit);
            return new RehearsalResponses.RehearsalAnswer(
                    active.map(FigureHeading::of).orElse(null),
                    FigureHeading.of(candidate),
                    asked.breakdownNames(),
                    asked.formatFilters(),
                    compared.period(),
                    new PositionAnswer(compared.offsets(), checkpoint.time()),
                    compared.rows().size(),
                    different.size(),
                    rows.subList(from, to).stream()
                            .map(RehearsalResponses.RehearsalRowAnswer::of)
                            .toList(),
                    collectNotes(before, after),
                    to < rows.size() ? cursors.encode(list, checkpoint.time(), to) : null);
        });
    }

    /** Returns the name of a cursor's list: this file and this query. */
    private static String cursorList(String code, byte[] yaml, Map<String, List<String>> parameters) {
        Map<String, List<String>> asked = new TreeMap<>(parameters);
        asked.keySet().removeAll(List.of(LIMIT_PARAMETER, CURSOR_PARAMETER));
        return "rehearsal " + code + " " + asked + " " + new String(yaml, StandardCharsets.UTF_8);
    }

    private static List<NoteAnswer> collectNotes(Optional<RehearsedDefinition> active, RehearsedDefinition candidate) {
        List<NoteAnswer> notes = new ArrayList<>();
        active.flatMap(RehearsedDefinition::refusal)
                .ifPresent(why -> notes.add(new NoteAnswer(
                        "active-cannot-answer",
                        "现行定义无法回答此问题：" + why.detailZh(),
                        "The definition that serves cannot be asked this way: " + why.detail())));
        candidate
                .refusal()
                .ifPresent(why -> notes.add(new NoteAnswer(
                        "candidate-cannot-answer",
                        "候选定义无法回答此问题：" + why.detailZh(),
                        "The candidate cannot be asked this way: " + why.detail())));
        return notes;
    }
}
