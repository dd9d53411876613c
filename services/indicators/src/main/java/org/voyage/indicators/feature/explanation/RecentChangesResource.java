package org.voyage.indicators.feature.explanation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.preview.ImpactCalculator;
import org.voyage.indicators.feature.preview.PreviewResponses.FigurePreview;
import org.voyage.indicators.feature.tabular.TabularResponder;
import org.voyage.indicators.query.AsOfViewFactory;
import org.voyage.indicators.query.Bulkhead;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.reference.CodeLabel;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.http.RequestCost;

/** HTTP resource: changes of all figures since a point in time. */
@Path("/v1/changes")
@Tag(name = "Explanations")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class RecentChangesResource {

    private static final String FROM_PARAMETER = "from";
    private static final int MAX_RANKS = 10;
    private static final ImpactCalculator.ImpactDisplay IMPACT_DISPLAY = new ImpactCalculator.ImpactDisplay(
            ImpactCalculator.ImpactDimensions.ON_MAPS, ImpactCalculator.MOST_MOVED_FIRST, MAX_RANKS);

    private final RetrospectiveComparison retrospective;
    private final ImpactCalculator outlook;
    private final CodeLabelLookup labels;
    private final AsOfViewFactory asOfResolver;
    private final FigureAccessPolicy accessPolicy;
    /** Each request keeps one processor busy and needs its own sums. */
    private final Bulkhead bulkhead = new Bulkhead(1);

    RecentChangesResource(
            RetrospectiveComparison since,
            ImpactCalculator outlook,
            CodeLabelLookup labels,
            AsOfViewFactory asOfResolver,
            FigureAccessPolicy accessPolicy) {
        this.retrospective = since;
        this.outlook = outlook;
        this.labels = labels;
        this.asOfResolver = asOfResolver;
        this.accessPolicy = accessPolicy;
    }

    @Schema(name = "SentAnswer", description = "What one province changed of one kind of record.")
    public record SentAnswer(
            @Schema(examples = "inbound-enrolment") String record,

            @Schema(examples = "32") String province,

            @Schema(description = "how many records changed, each counted once")
            int records,

            @Schema(
                    description = "how many changes there were, by kind",
                    examples = "{\"created\": 40, \"corrected\": 2}")
            Map<String, Integer> changes) {}

    @Schema(name = "OverviewAnswer", description = "The figures that moved, and who sent what.")
    public record OverviewAnswer(
            @Schema(description = "the first moment") Instant from,

            PositionAnswer position,

            @Schema(description = "a bureau sees its own") List<SentAnswer> sent,

            @Schema(
                    description = "every figure that moved, the one with the largest difference of a year first; of its"
                            + " provinces and countries the ten that moved most, by how much the value is another and"
                            + " then the newest year first; those that only changed places come last")
            List<FigurePreview> items,

            @Schema(description = "the names of the codes that occur here: of records, of provinces and countries")
            Map<String, Map<String, CodeLabel>> labels,

            @Schema(description = "always empty: the service is ready only when all figures are counted")
            List<String> unfinished) {}

    @GET
    @ExtraQueryParameters({FROM_PARAMETER, TabularResponder.FORMAT_PARAMETER})
    @Operation(
            operationId = "listRecentChanges",
            summary = "What moved since a moment",
            description =
                    "Every figure, counted or derived, that the changes of records since `from` have moved: by year"
                            + " before, after and the difference, with the provinces and countries that moved or changed"
                            + " places, and what each province sent. Both sides are by the definitions, lists and calendar"
                            + " of today, so that nothing but records moves them; what these moved, and which record"
                            + " moved a value by how much, `/v1/indicators/{code}/changes` shows with the same `from`"
                            + " and `period`. Holds every write that the figures held when it was asked. As a file: a line"
                            + " for each year, province and country that moved, the largest difference first, with names"
                            + " and the path that explains it; a spreadsheet has a second sheet of what was sent.")
    @Parameter(
            name = FROM_PARAMETER,
            in = ParameterIn.QUERY,
            required = true,
            example = "2026-11-23T10:00:00Z",
            description = "the first moment; at most 200000 records may have changed since")
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            content =
                    @Content(
                            mediaType = ReportFormat.JSON_TYPE,
                            schema = @Schema(implementation = OverviewAnswer.class)))
    public Response getRecentChanges(@Context UriInfo uri, @Context HttpHeaders headers) {
        TabularResponder responder = TabularResponder.negotiate(
                uri.getQueryParameters().getOrDefault(TabularResponder.FORMAT_PARAMETER, List.of()), headers);
        OverviewAnswer answer = readRecentChanges(uri);
        return responder
                .respond(answer, () -> RecentChangesReport.toReport(answer))
                .build();
    }

    private OverviewAnswer readRecentChanges(UriInfo uri) {
        Optional<String> province = accessPolicy.visibleProvince();
        accessPolicy.requireFiguresReady();
        Instant moment = AsOfViewFactory.parseInstant(FROM_PARAMETER, uri.getQueryParameters());
        if (moment == null) {
            throw QueryRefusals.malformed(FROM_PARAMETER, "required", "Say from which moment on.", "请指定起始时刻 from。");
        }
        Checkpoint from = asOfResolver.checkpointOf(FROM_PARAMETER, moment);
        return bulkhead.runWithin(() ->
                retrospective.compareSince(from, FROM_PARAMETER, (then, now, known, changed) -> {
                    List<SentAnswer> sent = countSent(changed, province);
                    List<FigurePreview> figures = outlook.findMoved(then, now, province, IMPACT_DISPLAY).stream()
                            .sorted(ImpactCalculator.MOST_MOVED_FIGURE_FIRST)
                            .toList();
                    return new OverviewAnswer(
                            from.time(),
                            new PositionAnswer(now.positions().offsetsByTopic(), known),
                            sent,
                            figures,
                            labels.labelsOf(collectCodes(sent, figures)),
                            List.of());
                }));
    }

    private static Map<String, Set<String>> collectCodes(List<SentAnswer> sent, List<FigurePreview> figures) {
        Map<String, Set<String>> codes = new HashMap<>();
        sent.forEach(each -> {
            codes.computeIfAbsent(CodeLabelLookup.RECORD_DIMENSION, key -> new HashSet<>())
                    .add(each.record());
            codes.computeIfAbsent("province", key -> new HashSet<>()).add(each.province());
        });
        figures.forEach(figure -> figure.ranks()
                .forEach(rank -> codes.computeIfAbsent(rank.dimension(), key -> new HashSet<>())
                        .add(rank.code())));
        return codes;
    }

    private static List<SentAnswer> countSent(List<ChangedFact> changed, Optional<String> province) {
        Map<String, Map<String, List<ChangedFact>>> sorted = new TreeMap<>();
        for (ChangedFact fact : changed) {
            String sender = fact.province();
            if (province.map(sender::equals).orElse(true)) {
                sorted.computeIfAbsent(fact.record(), record -> new TreeMap<>())
                        .computeIfAbsent(sender, key -> new ArrayList<>())
                        .add(fact);
            }
        }
        List<SentAnswer> sent = new ArrayList<>();
        sorted.forEach((record, senders) -> senders.forEach((sender, facts) -> {
            Map<String, Integer> changes = new TreeMap<>();
            facts.forEach(fact -> fact.changes().forEach(change -> changes.merge(change, 1, Integer::sum)));
            sent.add(new SentAnswer(record, sender, facts.size(), changes));
        }));
        return sent;
    }
}
