package org.voyage.indicators.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.published.PublishedLine;
import org.voyage.indicators.published.PublishedQuestions;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.NoteAnswer;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Readership;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** What leads from a published number to the live one. */
@Path("/v1/reconciliation/bridge")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliation", description = "Published statistics beside live figures.")
@RunOnVirtualThread
public class BridgeResource {

    private static final String FIGURE = "figure";
    private static final String PERIOD = "period";
    private static final String FROM = "from";

    private static final NoteAnswer PUBLICATION_UNKNOWN = new NoteAnswer(
            "publication-unknown",
            "公布日期未知：差异桥从平台尚未收到任何记录时开始，此后收到的全部记录都列为变动。可用 from 指定起始时刻。",
            "It is not known when this was published: the bridge begins before anything was known here, so that all that"
                    + " counts has come since. `from` says another beginning.");

    private final AskedLines asked;
    private final PublishedQuestions questions;
    private final Bridges bridges;
    private final Sights sights;
    private final Readership readership;
    private final Clock clock;

    BridgeResource(
            AskedLines asked,
            PublishedQuestions questions,
            Bridges bridges,
            Sights sights,
            Readership readership,
            Clock clock) {
        this.asked = asked;
        this.questions = questions;
        this.bridges = bridges;
        this.sights = sights;
        this.readership = readership;
        this.clock = clock;
    }

    @Schema(name = "BridgeAnswer", description = "The amounts of the steps add up to the difference.")
    public record BridgeAnswer(
            String set,
            int setVersion,
            String figure,
            String period,
            String relation,
            BigDecimal published,

            @Schema(nullable = true, description = "the day of publication, when that is known") @Nullable
            LocalDate publishedOn,

            Heading definition,
            String slice,
            Map<String, String> listVersions,

            @Schema(
                    description =
                            "from this moment on: the end of the day of publication, and where that is not known, the last at"
                                    + " which nothing was known here")
            Instant from,

            @Schema(
                    nullable = true,
                    description =
                            "what was known here then, by the definition of then; null where there was no value, as of a share of"
                                    + " nothing: it stands for 0 between the steps")
            @JsonProperty("known")
            @Nullable
            BigDecimal known,

            @Schema(description = "version of the definition that it is by", examples = "1")
            int knownVersion,

            @Schema(description = "what is known at this moment")
            Instant to,

            BigDecimal live,

            @Schema(description = "live minus published") BigDecimal difference,

            List<Bridge.Step> steps,

            @Schema(description = "where each cause is told event by event")
            String changes,

            @Schema(description = "what the reader has to know: that it is not known when the line was published")
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            List<NoteAnswer> notes) {}

    @GET
    @Operation(
            summary = "What leads from a published number to the live one",
            description =
                    "Goes from what was published to what was known here when it was published (`not-explained`), by the"
                            + " definition of then, from there to the definition of today (`definition-changed`), and to now,"
                            + " cause by cause as `changes` tells them. What was known is what had arrived by the end of the day"
                            + " of publication, or at `from`; where neither is known, nothing: then the bridge begins before"
                            + " anything was known here, and a note says so.")
    public BridgeAnswer bridge(
            @QueryParam(FIGURE)
                    @Parameter(required = true, example = "overseas-schools", description = "the published figure")
                    @Nullable
                    String figure,
            @QueryParam(PERIOD)
                    @Parameter(required = true, example = "2023", description = "as it is published")
                    @Nullable
                    String period,
            @QueryParam(AskedLines.SET)
                    @Parameter(example = "built-in", description = "absent: the last one that has it")
                    @Nullable
                    String set,
            @QueryParam(AskedLines.VERSION)
                    @Parameter(example = "1", description = "of the set, withdrawn or not; absent: the one that counts")
                    @Nullable
                    String version,
            @QueryParam(FROM)
                    @Parameter(
                            example = "2026-11-01T00:00:00Z",
                            description =
                                    "absent: the end of the day of publication, or before anything was known here")
                    @Nullable
                    String from) {
        readership.province();
        PublishedLine line = line(required(FIGURE, figure), required(PERIOD, period), asked.of(set, version));
        Figure its = questions.figure(line).orElseThrow(BridgeResource::notComparable);
        Instant begin = QueryParameters.parseInstant(FROM, from);
        Horizon first = first(line, begin);
        Horizon last = sights.horizon(FROM, null);
        FigureQuery query = questions.find(its, line).orElseThrow(BridgeResource::notComparable);
        if (!readership.sees(query)) {
            throw new Refusal.NotFound();
        }
        Bridge bridge = bridges.of(line, query, first, last);
        return new BridgeAnswer(
                line.of().set(),
                line.of().version(),
                line.figure(),
                line.period(),
                line.relation(),
                line.value(),
                line.publishedOn().orElse(null),
                Heading.of(its),
                line.slice(),
                sights.figuresOn(last).listVersions(query),
                first.moment(),
                bridge.known(),
                bridge.knownVersion(),
                last.moment(),
                bridge.now(),
                bridge.difference(),
                bridge.steps(),
                changes(query, first, last),
                begin == null && line.publishedOn().isEmpty() ? List.of(PUBLICATION_UNKNOWN) : List.of());
    }

    private static PublishedLine line(String figure, String period, List<PublishedLine> lines) {
        return lines.stream()
                .filter(line -> line.figure().equals(figure) && line.period().equals(period))
                .reduce((earlier, later) -> later)
                .orElseThrow(Refusal.NotFound::new);
    }

    private static String changes(FigureQuery query, Horizon first, Horizon last) {
        return "/v1/indicators/" + query.indicator().code() + "/changes?from=" + first.moment() + "&to=" + last.moment()
                + "&" + query.text();
    }

    /** What was known at the moment that is asked for, or else at the end of the day of publication, or else nothing. */
    private Horizon first(PublishedLine line, @Nullable Instant from) {
        return from == null
                ? line.publishedOn().map(this::end).orElseGet(sights::beginning)
                : sights.horizon(FROM, from);
    }

    /** At the end of the day, or now if it goes on. */
    private Horizon end(LocalDate day) {
        Instant end = day.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
        return sights.horizon(FROM, end.isAfter(clock.instant()) ? null : end);
    }

    private static String required(String name, @Nullable String text) {
        if (text == null) {
            throw Wrong.of(
                    name, "required", "Name the published line by figure and period.", "请用 figure 和 period 指定已公布的一行。");
        }
        return text;
    }

    private static Refusal notComparable() {
        return new Refusal.Conflict(
                "No figure here computes this line, so that nothing leads to it.", "没有指标计算该行，无法给出差异桥。");
    }

    /** Where the bridge of a line is. */
    static String link(PublishedLine line) {
        return "/v1/reconciliation/bridge?figure=" + line.figure() + "&period="
                + URLEncoder.encode(line.period(), StandardCharsets.UTF_8) + "&set="
                + line.of().set() + "&version=" + line.of().version();
    }
}
