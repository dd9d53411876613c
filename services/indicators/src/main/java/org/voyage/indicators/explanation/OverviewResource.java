package org.voyage.indicators.explanation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence.Before;
import org.voyage.indicators.preview.Outlook;
import org.voyage.indicators.preview.PreviewAnswers.FigurePreview;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Gate;
import org.voyage.indicators.query.Labels;
import org.voyage.indicators.query.Readership;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.query.Wrong;
import org.voyage.indicators.reference.Label;
import org.voyage.kit.http.ExtraQueryParameters;

/** What moved since a moment, over all figures. */
@Path("/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Explanations")
@RunOnVirtualThread
public class OverviewResource {

    private static final String FROM = "from";
    private static final int RANKS = 10;
    private static final Outlook.Shown SHOWN =
            new Outlook.Shown(Outlook.Places.ON_MAPS, Outlook.MOST_MOVED_FIRST, RANKS);

    private final Since since;
    private final Outlook outlook;
    private final Labels labels;
    private final Sights sights;
    private final Readership readership;
    /** Each keeps a processor busy, and sums of its own. */
    private final Gate looking = new Gate(1);

    OverviewResource(Since since, Outlook outlook, Labels labels, Sights sights, Readership readership) {
        this.since = since;
        this.outlook = outlook;
        this.labels = labels;
        this.sights = sights;
        this.readership = readership;
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
                    description = "every figure that moved; of its provinces and countries the ten that moved most, by"
                            + " how much the value is another and then the newest year first; those that only changed"
                            + " places come last")
            List<FigurePreview> figures,

            @Schema(description = "the names of the codes that occur here: of records, of provinces and countries")
            Map<String, Map<String, Label>> labels,

            @Schema(
                    description = "codes of new figures that are still being counted from their history: whether they"
                            + " moved is not known yet; none but for a while after a start")
            List<String> unfinished) {}

    @GET
    @ExtraQueryParameters(FROM)
    @Operation(
            summary = "What moved since a moment",
            description =
                    "Every figure, counted or derived, that the changes of records since `from` have moved: by year"
                            + " before, after and the difference, with the provinces and countries that moved or changed"
                            + " places, and what each province sent. Both sides are by the definitions, lists and calendar"
                            + " of today, so that nothing but records moves them; what these moved, and which record moved"
                            + " a value by how much, `/v1/indicators/{code}/changes` tells with the same `from` and"
                            + " `period`. Holds every write that the figures held when it was asked.")
    @Parameter(
            name = FROM,
            in = ParameterIn.QUERY,
            required = true,
            example = "2026-11-23T10:00:00Z",
            description = "the first moment; at most 200000 records may have changed since")
    public OverviewAnswer overview(@Context UriInfo uri) {
        Optional<String> province = readership.province();
        readership.figuresAreThere();
        Instant moment = Sights.moment(FROM, uri.getQueryParameters());
        if (moment == null) {
            throw Wrong.of(FROM, "required", "Say from which moment on.", "请指定起始时刻 from。");
        }
        Horizon from = sights.horizon(FROM, moment);
        return looking.through(() -> since.ask(from, FROM, (then, now, known, changed) -> {
            List<SentAnswer> sent = sent(changed, province);
            List<FigurePreview> figures = outlook.moved(then, now, province, SHOWN);
            return new OverviewAnswer(
                    from.moment(),
                    new PositionAnswer(now.positions().offsets(), known),
                    sent,
                    figures,
                    labels.of(codes(sent, figures)),
                    List.of());
        }));
    }

    private static Map<String, Set<String>> codes(List<SentAnswer> sent, List<FigurePreview> figures) {
        Map<String, Set<String>> codes = new HashMap<>();
        sent.forEach(each -> {
            codes.computeIfAbsent(Labels.RECORD, key -> new HashSet<>()).add(each.record());
            codes.computeIfAbsent("province", key -> new HashSet<>()).add(each.province());
        });
        figures.forEach(figure -> figure.ranks()
                .forEach(rank -> codes.computeIfAbsent(rank.dimension(), key -> new HashSet<>())
                        .add(rank.code())));
        return codes;
    }

    private static List<SentAnswer> sent(List<Before> changed, Optional<String> province) {
        Map<String, Map<String, List<Before>>> sorted = new TreeMap<>();
        for (Before fact : changed) {
            String sender = fact.key().substring(0, fact.key().indexOf('/'));
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
