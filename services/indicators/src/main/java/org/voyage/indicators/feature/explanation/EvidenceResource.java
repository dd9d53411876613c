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
import org.voyage.indicators.query.AsOfViewFactory;
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
@Tag(name = "Explanations", description = "Why a figure is what it is, and why it moved.")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class EvidenceResource {

    private static final String LIMIT_PARAMETER = "limit";
    private static final String CURSOR_PARAMETER = "cursor";
    private static final Set<String> EXTRA_PARAMETERS = Set.of(
            AsOfViewFactory.AS_OF,
            ReceiptAwaiter.RECEIPT_PARAMETER,
            LIMIT_PARAMETER,
            CURSOR_PARAMETER,
            TabularResponder.FORMAT_PARAMETER);

    private final FigureCatalogue catalogue;
    private final FigureQueryParser queries;
    private final AsOfViewFactory asOfResolver;
    private final DrillDownService drillDowns;
    private final ReceiptAwaiter receipts;
    private final FigureAccessPolicy accessPolicy;
    private final CursorCodec cursors;
    private final RecordNameLookup names;
    private final EvidenceReport reports;

    EvidenceResource(
            FigureCatalogue catalogue,
            FigureQueryParser queries,
            AsOfViewFactory asOfResolver,
            DrillDownService opening,
            ReceiptAwaiter receipts,
            FigureAccessPolicy accessPolicy,
            CursorCodec cursors,
            RecordNameLookup names,
            EvidenceReport reports) {
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
            description = "A version of a record that counts, the position of its event in the log, and what it adds.")
    public record EvidenceItem(
            @Schema(
                    nullable = true,
                    description = "only for a derived figure: behind which of its components it stands, from 0")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Integer component,

            @Schema(
                    description = "only where a derived figure looks code by code: at which code",
                    implementation = CodesByDimension.class)
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            @JsonSerialize(using = CoordinatesSerializer.class)
            Map<String, String> at,

            String record,
            String province,
            String sourceId,

            @Schema(
                    nullable = true,
                    description = "what the record is called, as of a school or standard; null where it has no name")
            @JsonProperty("name")
            @Nullable
            String name,

            int version,
            String topic,
            int partition,
            long offset,
            Instant eventTime,

            @Schema(description = "created, corrected, withdrawn, restored or republished", examples = "corrected")
            String change,

            @Schema(description = "what it adds; for a distinct count how many elements it has")
            long amount,

            @Schema(description = "only for a distinct count: the elements that are counted once over all records")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<String> elements,

            @Schema(
                    description = "only of a figure that joins others: the records that it belongs to, which decide at"
                            + " what codes it stands, as they were used")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<BelongsTo> belongsTo) {}

    @Schema(
            name = "BelongsTo",
            description = "A version of a record that another belongs to, and the position of its event in the log.")
    public record BelongsTo(
            String record,
            String province,
            String sourceId,

            @Schema(
                    nullable = true,
                    description = "what the record is called, as of a school or standard; null where it has no name")
            @JsonProperty("name")
            @Nullable
            String name,

            int version,
            String topic,
            int partition,
            long offset,
            Instant eventTime,

            @Schema(description = "created, corrected, withdrawn, restored or republished", examples = "corrected")
            String change,

            @Schema(
                    description = "by field the code that the other has from it; several are separated by commas, as in"
                            + " filters")
            Map<String, String> codes) {}

    @Schema(name = "HiddenAnswer", description = "Records of other provinces, which the reader may not see.")
    public record HiddenAnswer(
            int records,

            @Schema(description = "what they add; to a distinct count the elements that only they have")
            long amount) {}

    @Schema(name = "BehindAnswer", description = "A counted figure that a derived value is made of.")
    public record BehindAnswer(
            @Schema(
                    description =
                            "what it is to the other: part and whole of a share; now and before of a change; last and"
                                    + " first of a growth; term of a sum; each: what is looked at code by code; each.term and the like"
                                    + " where one stands behind the other",
                    examples = "part")
            String role,

            FigureHeading indicator,

            @Schema(nullable = true, description = "what to ask its values for; null for \"a year ago today\"")
            @JsonProperty("query")
            @Nullable
            String query,

            @Schema(nullable = true, description = "its value; null where it is looked at code by code")
            @JsonProperty("value")
            @Nullable
            BigDecimal value,

            HiddenAnswer hidden) {}

    @Schema(
            name = "EvidenceAnswer",
            description =
                    "The amounts of all items of all pages and of what is hidden add up to the value; of a distinct"
                            + " count the number of different elements does. Of a derived figure those of each component add up"
                            + " to it, or at each code to its value there; the value follows from them.")
    public record EvidenceAnswer(
            FigureHeading indicator,
            Map<String, String> filters,
            String period,
            PositionAnswer position,

            @Schema(nullable = true, description = "null where there is none, as of a share of nothing")
            @JsonProperty("value")
            @Nullable
            BigDecimal value,

            @Schema(description = "version of each list that decided what counts")
            Map<String, String> listVersions,

            @Schema(description = "only for a derived figure: the counted ones that it is made of")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<BehindAnswer> components,

            @Schema(
                    description =
                            "component by component, over all pages the largest amount first, whatever its sign, and equal"
                                    + " amounts in the order of the records")
            List<EvidenceItem> items,

            @Schema(nullable = true, description = "only for a counted figure; of a derived one each component says it")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            HiddenAnswer hidden,

            @Schema(nullable = true, description = "cursor of the next page") @JsonProperty("next") @Nullable
            String next) {}

    @GET
    @ExtraQueryParameters("*")
    @Operation(
            operationId = "listEvidence",
            summary = "The records behind a value",
            description =
                    "Takes the filters of values, and explains the one value that they leave; every dimension of the"
                            + " figure is a filter. All pages show one point in time: that of the first, or `asOf`."
                            + " A bureau sees records of its own province, and how much the others are. A figure that"
                            + " is derived from others has the records of all counted figures that it is made of."
                            + " As a file: a line for each record of the page, with names, and where the record is found;"
                            + " the header Link leads to the next page.")
    @Parameter(name = "period", in = ParameterIn.QUERY, example = "2023", description = "as for values, without by")
    @Parameter(
            name = "list",
            in = ParameterIn.QUERY,
            example = "belt-and-road@now",
            description =
                    "only countries on this list, as members were at the time (@then) or are today (@now); with ! before it, only those not on it")
    @Parameter(
            name = "asOf",
            in = ParameterIn.QUERY,
            example = "2026-11-24T10:00:00Z",
            description = "the value as known at this point in time, by the definition of that time; absent: now")
    @Parameter(
            name = ReceiptAwaiter.RECEIPT_PARAMETER,
            in = ParameterIn.QUERY,
            description =
                    "the Voyage-Receipt of a write: the answer includes it, or is 503 receipt-pending; not with asOf")
    @Parameter(
            name = LIMIT_PARAMETER,
            in = ParameterIn.QUERY,
            example = "100",
            description = "1 to 1000, 100 if absent")
    @Parameter(name = CURSOR_PARAMETER, in = ParameterIn.QUERY, description = "`next` of the page before")
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            headers =
                    @Header(
                            name = HttpHeaders.LINK,
                            description = "of a file: the path of its next page, rel=next",
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
                ? AsOfViewFactory.parseAsOf(parameters)
                : QueryParameters.parseInstant(CURSOR_PARAMETER, cursor.text(0));
        if (cursor == null) {
            awaitReceipts(served, parameters);
        }
        Checkpoint known = asOfResolver.checkpointOf(cursor == null ? AsOfViewFactory.AS_OF : CURSOR_PARAMETER, moment);
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
