package org.voyage.indicators.feature.explanation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.tabular.TabularResponder;
import org.voyage.indicators.live.JoinedRecord;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.CodesByDimension;
import org.voyage.indicators.query.CoordinatesSerializer;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.ReceiptAwaiter;
import org.voyage.indicators.query.ResultCell;
import org.voyage.indicators.query.http.FigureQueryParser;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.log.VersionOrder;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: the records behind a value. */
@Path("/v1/indicators/{code}/evidence")
@Tag(name = "Explanations", description = "Why a figure has its value, and why it moved. / 指标说明：数值的来历和变动的原因")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class EvidenceResource {

    private static final String LIMIT_PARAMETER = "limit";
    private static final String CURSOR_PARAMETER = "cursor";
    private static final Set<String> EXTRA_PARAMETERS = Set.of(
            AsOfViewResolver.AS_OF,
            ReceiptAwaiter.RECEIPT_PARAMETER,
            LIMIT_PARAMETER,
            CURSOR_PARAMETER,
            TabularResponder.FORMAT_PARAMETER);

    private final FigureCatalogue catalogue;
    private final FigureQueryParser queries;
    private final AsOfViewResolver asOfResolver;
    private final DrillDownService drillDowns;
    private final ReceiptAwaiter receipts;
    private final FigureAccessPolicy accessPolicy;
    private final CursorCodec cursors;
    private final RecordNameLookup names;
    private final SourceRecordsReport reports;

    EvidenceResource(
            FigureCatalogue catalogue,
            FigureQueryParser queries,
            AsOfViewResolver asOfResolver,
            DrillDownService opening,
            ReceiptAwaiter receipts,
            FigureAccessPolicy accessPolicy,
            CursorCodec cursors,
            RecordNameLookup names,
            SourceRecordsReport reports) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.asOfResolver = asOfResolver;
        this.drillDowns = opening;
        this.receipts = receipts;
        this.accessPolicy = accessPolicy;
        this.cursors = cursors;
        this.names = names;
        this.reports = reports;
    }

    @Schema(
            name = "EvidenceItem",
            description = "Version of a record that counts, the position of its event in the log, and its amount. / "
                    + "计入的一个记录版本，其事件在日志中的位置，以及计入数。")
    public record EvidenceItem(
            @Schema(
                    nullable = true,
                    description = "only for a derived figure: number of its component, from 0 / "
                            + "仅衍生指标有此项：所属构成部分的序号，从 0 起")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Integer component,

            @Schema(
                    description =
                            "only if a derived figure is evaluated at each code: this code / " + "仅衍生指标逐项计算时有此项：所在的代码",
                    implementation = CodesByDimension.class)
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            @JsonSerialize(using = CoordinatesSerializer.class)
            Map<String, String> at,

            String record,
            String province,
            String sourceId,

            @Schema(
                    nullable = true,
                    description = "name of the record, as of a school or standard; null if it has no name / "
                            + "记录名称，如机构、标准的名称；没有名称的为 null")
            @JsonProperty("name")
            @Nullable
            String name,

            int version,
            String topic,
            int partition,
            long offset,
            Instant eventTime,

            @Schema(
                    description = "created, corrected, withdrawn, restored or republished / "
                            + "created（新增）、corrected（更正）、withdrawn（撤回）、restored（恢复）或 republished（重新发布）",
                    examples = "corrected")
            String change,

            @Schema(
                    description = "amount that it adds; for a distinct count the number of its elements / "
                            + "计入数；去重计数为其元素个数")
            long amount,

            @Schema(
                    description = "only for a distinct count: its elements, which are counted once over all records / "
                            + "仅去重计数有此项：其元素，在全部记录中只计一次")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> elements,

            @Schema(
                    description =
                            "only for a figure that joins other records: the parent records that decide its codes, in the"
                                    + " versions that were used / 仅与其他记录关联的指标有此项：决定其代码的所属记录，为计算时所用的版本")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<BelongsTo> belongsTo) {}

    @Schema(
            name = "BelongsTo",
            description = "Version of a parent record, and the position of its event in the log. / "
                    + "所属记录的一个版本及其事件在日志中的位置。")
    public record BelongsTo(
            String record,
            String province,
            String sourceId,

            @Schema(
                    nullable = true,
                    description = "name of the record, as of a school or standard; null if it has no name / "
                            + "记录名称，如机构、标准的名称；没有名称的为 null")
            @JsonProperty("name")
            @Nullable
            String name,

            int version,
            String topic,
            int partition,
            long offset,
            Instant eventTime,

            @Schema(
                    description = "created, corrected, withdrawn, restored or republished / "
                            + "created（新增）、corrected（更正）、withdrawn（撤回）、restored（恢复）或 republished（重新发布）",
                    examples = "corrected")
            String change,

            @Schema(
                    description =
                            "by field: the code that the child record takes from it; several codes are separated by commas, as"
                                    + " in filters / 按字段列出下属记录由此取得的代码；多个代码以逗号分隔，与筛选条件相同")
            Map<String, String> codes) {}

    @Schema(
            name = "HiddenAnswer",
            description = "Records of other provinces, which the reader may not see. / 其他省份的记录，读者不可见。")
    public record HiddenAnswer(
            int records,

            @Schema(
                    description = "their amount; for a distinct count the number of elements that only they have / "
                            + "计入数；去重计数为仅见于这些记录的元素个数")
            long amount) {}

    @Schema(
            name = "BehindAnswer",
            description = "Counted figure from which a derived value is computed. / 衍生数值所依据的计数指标。")
    public record BehindAnswer(
            @Schema(
                    description =
                            "role in the other figure: part and whole of a share; now and before of a change; last and first"
                                    + " of a growth; term of a sum; minuend and subtrahend of a difference, reported and"
                                    + " reported-before: the reports of its year and of the year before; each: at each code."
                                    + " each.term and the like for indirect roles / "
                                    + "在衍生指标中的作用：占比的 part（分子）和 whole（分母），变动的 now（本期）和 before（上期），增速"
                                    + "的 last（末期）和 first（首期），合计的 term（加项），差的 minuend（被减数）和 subtrahend（减数）、"
                                    + "reported 和 reported-before（当年和上年的报送情况），each（逐项）；间接的作用写作 each.term 等",
                    examples = "part")
            String role,

            FigureHeading indicator,

            @Schema(
                    nullable = true,
                    description = "parameters that ask for its values; null for \"a year ago today\" / "
                            + "查询其数值的参数；“去年今日”为 null")
            @JsonProperty("query")
            @Nullable
            String query,

            @Schema(
                    nullable = true,
                    description = "its value; null where the figure is evaluated at each code / 数值；逐项计算的为 null")
            @JsonProperty("value")
            @Nullable
            BigDecimal value,

            HiddenAnswer hidden) {}

    @Schema(
            name = "EvidenceAnswer",
            description =
                    "The amounts of all items of all pages and of hidden items add up to the value. For a distinct"
                            + " count the number of different elements is the value. For a derived figure the amounts of each"
                            + " component add up to the component's value, in total or at each code. / "
                            + "各页各项与不可见部分之和等于该数值；去重计数为不同元素的个数。衍生指标的各构成部分，各项之和等于该"
                            + "部分的数值或其在各代码下的数值。")
    public record EvidenceAnswer(
            FigureHeading indicator,
            Map<String, String> filters,
            String period,
            PositionAnswer position,

            @Schema(
                    nullable = true,
                    description = "null if there is none, as for a share of nothing / 没有数值的为 null，如分母为零的占比")
            @JsonProperty("value")
            @Nullable
            BigDecimal value,

            @Schema(description = "version of each list that decided what counts / 确定计入范围所用的各名单版本")
            Map<String, String> listVersions,

            @Schema(
                    description = "only for a derived figure: the counted figures from which it is computed / "
                            + "仅衍生指标有此项：所依据的计数指标")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<BehindAnswer> components,

            @Schema(
                    description =
                            "component by component; over all pages the largest amount first, whatever its sign, and equal"
                                    + " amounts in the order of the records / "
                                    + "按构成部分排列；各页按计入数的绝对值由大到小，相等的按记录顺序")
            List<EvidenceItem> items,

            @Schema(
                    nullable = true,
                    description = "only for a counted figure; for a derived figure each component has its own / "
                            + "仅计数指标有此项；衍生指标见各构成部分")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            HiddenAnswer hidden,

            @Schema(nullable = true, description = "cursor of the next page; null on the last / 下一页游标，末页为 null")
            @JsonProperty("next")
            @Nullable
            String next) {}

    @GET
    @ExtraQueryParameters("*")
    @Operation(
            operationId = "listEvidence",
            summary = "The records behind a value / 查询数值所依据的记录",
            description =
                    "Takes the filters of values, and explains the one value that they leave; every dimension of the"
                            + " figure is a filter. All pages show one point in time: that of the first page, or `asOf`. A"
                            + " bureau sees records of its own province, and the amount of the others. A derived figure has the"
                            + " records of all counted figures from which it is computed. As a file: one line for each record of"
                            + " the page, with names and the path of the record. The header Link leads to the next page. / "
                            + "筛选条件与查询数值相同，说明由此得出的一个数值；指标的各维度均可作为筛选条件。各页均为同一时点：首"
                            + "页的时点，或 `asOf`。省级用户可看本省记录，其他省份只给出计入数。衍生指标列出所依据各计数指标的记"
                            + "录。导出文件时，本页每条记录一行，附名称和记录的路径；下一页的地址见应答头 Link。")
    @Parameter(
            name = "period",
            in = ParameterIn.QUERY,
            example = "2023",
            description = "as for values, without by / 与查询数值相同，不含 by")
    @Parameter(
            name = "list",
            in = ParameterIn.QUERY,
            example = "belt-and-road@now",
            description =
                    "only countries on this list, by membership at the time (@then) or today (@now); with ! before it,"
                            + " only those not on it / "
                            + "只计名单上的国家，成员按当时（@then）或按今日（@now）；前加 ! 的，只计名单以外的国家")
    @Parameter(
            name = "asOf",
            in = ParameterIn.QUERY,
            example = "2026-11-24T10:00:00Z",
            description = "value as known at this point in time, by the definition of that time; absent: now / "
                    + "历史时点，按当时所知和当时的口径；不填的为现在")
    @Parameter(
            name = ReceiptAwaiter.RECEIPT_PARAMETER,
            in = ParameterIn.QUERY,
            description =
                    "Voyage-Receipt of a write: the answer includes it, or is 503 receipt-pending; not with asOf / "
                            + "写入的回执：结果包含该次写入，否则返回 503 receipt-pending；不与 asOf 同用")
    @Parameter(
            name = LIMIT_PARAMETER,
            in = ParameterIn.QUERY,
            example = "100",
            description = "1 to 1000; absent: 100 / 每页条数，1 至 1000；不填的为 100")
    @Parameter(
            name = CURSOR_PARAMETER,
            in = ParameterIn.QUERY,
            description = "`next` of the previous page / 上一页的 `next`")
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            headers =
                    @Header(
                            name = HttpHeaders.LINK,
                            description = "in a file: the path of its next page, rel=next / 导出文件时：下一页的路径，rel=next",
                            schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = ReportFormat.JSON_TYPE,
                            schema = @Schema(implementation = EvidenceAnswer.class)))
    public Response behind(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        TabularResponder responder = TabularResponder.negotiate(
                uri.getQueryParameters().getOrDefault(TabularResponder.FORMAT_PARAMETER, List.of()), headers);
        EvidenceAnswer answer = readEvidence(code, uri);
        Response.ResponseBuilder response = responder.respond(answer, () -> reports.toReport(answer));
        String next = answer.next();
        if (responder.isFile() && next != null) {
            response.header(HttpHeaders.LINK, "<" + pathOfPage(uri, next) + ">; rel=\"next\"");
        }
        return response.build();
    }

    /** Returns the path of this request with another cursor. */
    private static String pathOfPage(UriInfo uri, String cursor) {
        String query = uri.getRequestUri().getRawQuery();
        return uri.getRequestUri().getRawPath() + "?"
                + Arrays.stream(query == null ? new String[0] : query.split("&", -1))
                        .filter(parameter -> !parameter.startsWith(CURSOR_PARAMETER + "="))
                        .map(parameter -> parameter + "&")
                        .collect(Collectors.joining())
                + CURSOR_PARAMETER + "=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }

    private EvidenceAnswer readEvidence(String code, UriInfo uri) {
        Optional<String> province = accessPolicy.visibleProvince();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        ExplanationParameters.requireOneValue(parameters);
        Figure served = catalogue.findFigure(code).orElseThrow(Refusal.NotFound::new);
        int size = QueryParameters.parseLimit(FigureQueryParser.readSingle(LIMIT_PARAMETER, parameters));
        String list = "evidence " + code
                + ExplanationParameters.formatParameters(
                        parameters, Set.of(LIMIT_PARAMETER, CURSOR_PARAMETER, TabularResponder.FORMAT_PARAMETER));
        Cursor cursor = cursors.decode(list, 6, FigureQueryParser.readSingle(CURSOR_PARAMETER, parameters));
        Instant moment = cursor == null
                ? AsOfViewResolver.parseAsOf(parameters)
                : QueryParameters.parseInstant(CURSOR_PARAMETER, cursor.text(0));
        if (cursor == null) {
            awaitReceipts(served, parameters);
        }
        Checkpoint known =
                asOfResolver.checkpointOf(cursor == null ? AsOfViewResolver.AS_OF : CURSOR_PARAMETER, moment);
        Checkpoint checkpoint =
                cursor == null ? known : new Checkpoint(known.time(), cursor.value(1, Checkpoint::parseOffsets));
        Figure figure = moment == null ? served : asOfResolver.definitionAt(served, checkpoint);
        FigureCalculator figures = asOfResolver.calculatorAt(checkpoint);
        FigureQuery query =
                accessPolicy.restrictToProvince(queries.parse(figure, parameters, EXTRA_PARAMETERS, figures.today()));
        DrillDown.DrillDownQuery question = new DrillDown.DrillDownQuery(
                query, figures, province, Optional.ofNullable(cursor).map(EvidenceResource::parseOffset), size);
        DrillDownService.LocatedDrillDown found = moment == null
                ? drillDowns.openNow(question, checkpoint)
                : drillDowns.openAsOf(question, served, checkpoint);
        DrillDown drillDown = found.opened();
        RecordNameLookup.RecordNames named = names.findNames(DrillDownService.collectVersions(drillDown));
        boolean derived = figure instanceof DerivedFigure;
        return new EvidenceAnswer(
                FigureHeading.of(figure),
                query.formatFilters(),
                figures.formatPeriod(query, List.of()),
                new PositionAnswer(drillDown.positions().offsetsByTopic(), found.time()),
                ResultCell.roundForDisplay(drillDown.value()),
                figures.listVersions(query),
                derived
                        ? drillDown.operands().stream()
                                .map(EvidenceResource::behind)
                                .toList()
                        : List.of(),
                drillDown.contributions().stream()
                        .map(shown -> toItem(derived, shown, found, named))
                        .toList(),
                derived ? null : toHidden(drillDown.operands().getFirst().page()),
                drillDown.hasMore() ? nextCursor(list, found) : null);
    }

    /** Waits until the evidence holds the writes of the receipts. The first page has waited for all further pages. */
    private void awaitReceipts(Figure served, Map<String, List<String>> parameters) {
        List<String> written = parameters.getOrDefault(ReceiptAwaiter.RECEIPT_PARAMETER, List.of());
        if (!written.isEmpty()) {
            // An invalid query is refused before the wait.
            accessPolicy.restrictToProvince(queries.parse(served, parameters, EXTRA_PARAMETERS));
            receipts.awaitEvidence(written);
        }
    }

    private String nextCursor(String list, DrillDownService.LocatedDrillDown found) {
        DrillDown.ShownContribution last = found.opened().contributions().getLast();
        return cursors.encode(
                list,
                found.time(),
                Checkpoint.formatOffsets(found.opened().positions().nextOffsets()),
                last.component(),
                last.contribution().amount(),
                last.contribution().key,
                last.contribution().placeCodes());
    }

    private static DrillDown.DrillDownOffset parseOffset(Cursor cursor) {
        return new DrillDown.DrillDownOffset(
                cursor.value(2, Integer::parseInt),
                new FactContribution.ContributionSortKey(
                        cursor.value(3, Long::parseLong), cursor.text(4), cursor.text(5)));
    }

    private static BehindAnswer behind(OperandContributions component) {
        FigureQuery query = component.operand().query();
        return new BehindAnswer(
                component.operand().role(),
                FigureHeading.of(query.figure()),
                component.operand().expressible() ? query.toQueryString() : null,
                component.value(),
                toHidden(component.page()));
    }

    private static HiddenAnswer toHidden(ContributionPage behind) {
        return new HiddenAnswer(behind.hiddenRecords(), behind.hiddenAmount());
    }

    private static EvidenceItem toItem(
            boolean derived,
            DrillDown.ShownContribution shown,
            DrillDownService.LocatedDrillDown found,
            RecordNameLookup.RecordNames named) {
        FactContribution given = shown.contribution();
        EvidenceHistory.VersionLocation place = found.findLocation(shown.record(), given.key);
        return new EvidenceItem(
                derived ? shown.component() : null,
                given.place,
                shown.record(),
                place.province(),
                place.sourceId(),
                named.nameOf(shown.record(), given.key),
                VersionOrder.versionOf(place.version()),
                place.topic(),
                place.partition(),
                place.offset(),
                place.eventTime(),
                place.change(),
                given.amount(),
                List.copyOf(given.elements()),
                shown.joined().stream()
                        .map(joined -> toBelongsTo(joined, found.findLocation(joined.record(), joined.key()), named))
                        .toList());
    }

    private static BelongsTo toBelongsTo(
            JoinedRecord joined, EvidenceHistory.VersionLocation place, RecordNameLookup.RecordNames named) {
        Map<String, String> codes = new TreeMap<>();
        joined.codes().forEach((field, texts) -> codes.put(field, String.join(",", texts)));
        return new BelongsTo(
                joined.record(),
                place.province(),
                place.sourceId(),
                named.nameOf(joined.record(), joined.key()),
                VersionOrder.versionOf(place.version()),
                place.topic(),
                place.partition(),
                place.offset(),
                place.eventTime(),
                place.change(),
                codes);
    }
}
