package org.voyage.indicators.reconciliation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.published.PublishedLine;
import org.voyage.indicators.published.PublishedQuestions;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Readership;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Published statistics beside live figures. */
@Path("/v1/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliation", description = "Published statistics beside live figures.")
@RunOnVirtualThread
public class ReconciliationResource {

    private final AskedLines asked;
    private final PublishedQuestions questions;
    private final LiveFigures live;
    private final Figures figures;
    private final Readership readership;
    private final Clock clock;

    ReconciliationResource(
            AskedLines asked,
            PublishedQuestions questions,
            LiveFigures live,
            Figures figures,
            Readership readership,
            Clock clock) {
        this.asked = asked;
        this.questions = questions;
        this.live = live;
        this.figures = figures;
        this.readership = readership;
        this.clock = clock;
    }

    /** Everything about the published lines of a service, at one moment. */
    @Schema(name = "Reconciliation")
    public record Reconciliation(PositionAnswer position, List<Comparison> lines, List<Contradiction> contradictions) {}

    @GET
    @Operation(
            summary = "Published beside live",
            description = "Each published line of a service with the live figure, and whether they match;"
                    + " then what contradicts itself in what is published, of all services: in the set that comes with the"
                    + " platform and the newest version of each that was loaded, or in the set that is asked for."
                    + " A bureau sees no line about another province.")
    public Reconciliation reconcile(
            @QueryParam("service") @Parameter(example = "overseas", description = "absent: all services") @Nullable
                    String service,
            @QueryParam(AskedLines.SET)
                    @Parameter(example = "built-in", description = "absent: all that count")
                    @Nullable
                    String set,
            @QueryParam(AskedLines.VERSION)
                    @Parameter(example = "1", description = "of the set, withdrawn or not; absent: the one that counts")
                    @Nullable
                    String version) {
        Optional<String> own = readership.province();
        List<PublishedLine> lines = asked.of(set, version);
        Set<String> services = new TreeSet<>();
        lines.forEach(line -> services.add(line.service()));
        if (service != null && !services.contains(service)) {
            throw new Refusal.Malformed(Finding.query(
                    "service",
                    "service-unknown",
                    "Nothing is published about this service. Known: " + String.join(", ", services) + ".",
                    "没有该服务的已公布数据。可用：" + String.join("、", services) + "。"));
        }
        readership.figuresAreThere();
        List<Contradiction> contradictions = Contradictions.in(lines);
        return live.read(cut -> {
            List<Comparison> compared = new ArrayList<>();
            for (PublishedLine line : lines) {
                if (service == null || line.service().equals(service)) {
                    compare(cut, line, own).ifPresent(compared::add);
                }
            }
            return new Reconciliation(
                    new PositionAnswer(cut.positions().offsets(), clock.instant()), compared, contradictions);
        });
    }

    private Optional<Comparison> compare(Cut cut, PublishedLine line, Optional<String> own) {
        Optional<Figure> figure = questions.figure(line);
        Optional<FigureQuery> query = figure.flatMap(its -> questions.find(its, line));
        if (figure.isEmpty() || query.isEmpty()) {
            return Optional.of(Comparison.incomparable(line));
        }
        if (!readership.sees(query.get())) {
            return Optional.empty();
        }
        return Optional.of(Comparison.of(
                line,
                figure.get(),
                figures.cells(cut, query.get(), own).getFirst().exact()));
    }
}
