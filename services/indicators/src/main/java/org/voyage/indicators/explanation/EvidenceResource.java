package org.voyage.indicators.explanation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Readership;
import org.voyage.indicators.query.Sight;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.web.AlsoQuery;
import org.voyage.kit.web.Cursor;
import org.voyage.kit.web.Query;
import org.voyage.kit.web.Refusal;

/** The records behind a value. */
@Path("/v1/indicators/{code}/evidence")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Explanations", description = "Why a figure is what it is, and why it moved.")
@RunOnVirtualThread
public class EvidenceResource {

    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final Set<String> ALSO = Set.of(Sights.AS_OF, LIMIT, CURSOR);

    private final Catalogue catalogue;
    private final QueryReader queries;
    private final Figures figures;
    private final Sights sights;
    private final PastEvidence evidence;
    private final Reference reference;
    private final Readership readership;

    EvidenceResource(
            Catalogue catalogue,
            QueryReader queries,
            Figures figures,
            Sights sights,
            PastEvidence evidence,
            Reference reference,
            Readership readership) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.figures = figures;
        this.sights = sights;
        this.evidence = evidence;
        this.reference = reference;
        this.readership = readership;
    }

    @Schema(description = "A version of a record that counts, where its event stands in the log, and what it adds.")
    public record EvidenceItem(
            String record,
            String province,
            String sourceId,
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
            List<String> elements) {}

    @Schema(description = "Records of other provinces, which the reader may not see.")
    public record HiddenAnswer(
            int records,

            @Schema(description = "what they add; to a distinct count the elements that only they have")
            long amount) {}

    @Schema(
            description =
                    "The amounts of all items of all pages and of what is hidden add up to the value; of a distinct"
                            + " count the number of different elements does.")
    public record EvidenceAnswer(
            Heading indicator,
            Map<String, String> filters,
            String period,
            PositionAnswer position,
            long value,

            @Schema(description = "version of each list that decided what counts")
            Map<String, String> listVersions,

            List<EvidenceItem> items,
            HiddenAnswer hidden,

            @Schema(nullable = true, description = "cursor of the next page") @JsonProperty("next") @Nullable
            String next) {}

    @GET
    @AlsoQuery("*")
    @Operation(
            summary = "The records behind a value",
            description =
                    "Takes the filters of values, and explains the one value that they leave; every dimension of the"
                            + " figure is a filter. All pages stand for one moment: that of the first, or `asOf`."
                            + " A bureau sees records of its own province, and how much the others are. A figure that is"
                            + " derived from others is refused with the addresses of what it is derived from.")
    @Parameter(name = "period", in = ParameterIn.QUERY, example = "2023", description = "as for values, without by")
    @Parameter(
            name = "list",
            in = ParameterIn.QUERY,
            example = "belt-and-road@now",
            description = "only countries on this list, as members were at the time (@then) or are today (@now)")
    @Parameter(
            name = "asOf",
            in = ParameterIn.QUERY,
            example = "2026-11-24T10:00:00Z",
            description = "the value as it was known at this moment; absent: now")
    @Parameter(name = LIMIT, in = ParameterIn.QUERY, example = "100", description = "1 to 1000, 100 if absent")
    @Parameter(name = CURSOR, in = ParameterIn.QUERY, description = "`next` of the page before")
    public EvidenceAnswer behind(
            @PathParam("code") @Parameter(example = "overseas-schools") String code, @Context UriInfo uri) {
        Optional<String> province = readership.province();
        Map<String, List<String>> parameters = uri.getQueryParameters();
        Asked.aboutOneValue(parameters);
        Indicator indicator = Asked.counted(catalogue, queries, figures, code, "evidence", parameters, ALSO);
        String limit = Asked.one(parameters, LIMIT);
        int size = Query.limit(parameters.containsKey(LIMIT) ? limit : null);
        String list = "evidence " + code + Asked.text(parameters, Set.of(LIMIT, CURSOR));
        Cursor cursor = Cursor.decode(list, 2, parameters.containsKey(CURSOR) ? Asked.one(parameters, CURSOR) : null);
        Instant moment = cursor == null ? Sights.moment(Sights.AS_OF, parameters) : cursor.instant(0);
        Horizon horizon = sights.horizon(Sights.AS_OF, moment);
        Sight sight = sights.of(indicator, horizon);
        FigureQuery query = readership.own(queries.read(indicator, parameters, ALSO, sight.today()));
        Seen seen = sight.read(cut -> {
            List<Cell> cells = sight.figures().cells(cut, query, province);
            return new Seen(
                    cells.getFirst().value(),
                    sight.figures().periodText(query, cells),
                    Behind.of(cut, query, sight.figures(), province),
                    new PositionAnswer(cut.positions().offsets(), horizon.moment()));
        });
        List<Given> page = page(seen.behind().shown(), cursor == null ? "" : cursor.text(1), size);
        boolean more =
                !page.isEmpty() && page.getLast() != seen.behind().shown().getLast();
        return new EvidenceAnswer(
                new Heading(indicator.code(), indicator.version(), indicator.name(), indicator.unit()),
                query.filterTexts(),
                seen.period(),
                seen.position(),
                seen.value(),
                Asked.listVersions(reference, query),
                items(indicator, page),
                new HiddenAnswer(seen.behind().hiddenRecords(), seen.behind().hiddenAmount()),
                more ? Cursor.encode(list, horizon.moment(), page.getLast().key) : null);
    }

    private record Seen(long value, String period, Behind behind, PositionAnswer position) {}

    private static List<Given> page(List<Given> all, String after, int size) {
        int from = 0;
        int to = all.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (all.get(middle).key.compareTo(after) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return all.subList(from, Math.min(all.size(), from + size));
    }

    private List<EvidenceItem> items(Indicator indicator, List<Given> page) {
        Map<String, Integer> versions = new HashMap<>();
        page.forEach(given -> versions.put(given.key, given.version));
        List<EvidenceItem> items = new ArrayList<>();
        try {
            Map<String, PastEvidence.Place> places = evidence.places(indicator.record(), versions);
            for (Given given : page) {
                PastEvidence.Place place = places.get(given.key);
                if (place == null) {
                    throw new IllegalStateException("no evidence of " + indicator.record() + " " + given.key);
                }
                items.add(item(indicator.record(), given, place));
            }
        } catch (SQLException e) {
            throw new Refusal.Unavailable(5);
        }
        return items;
    }

    private static EvidenceItem item(String record, Given given, PastEvidence.Place place) {
        int slash = given.key.indexOf('/');
        return new EvidenceItem(
                record,
                given.key.substring(0, slash),
                given.key.substring(slash + 1),
                place.version(),
                place.topic(),
                place.partition(),
                place.offset(),
                place.eventTime(),
                place.change(),
                given.amount(),
                List.copyOf(given.elements()));
    }
}
