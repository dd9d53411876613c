package org.voyage.indicators.reconciliation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Readership;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Refusal;

/** Published statistics beside live figures. */
@Path("/v1/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reconciliation", description = "Published statistics beside live figures.")
@RunOnVirtualThread
public class ReconciliationResource {

    private static final String PROVINCE = "province";

    private final List<PublishedLine> lines = PublishedReader.read();
    private final List<Contradiction> contradictions = Contradictions.in(lines);
    private final Catalogue catalogue;
    private final QueryReader queries;
    private final LiveFigures live;
    private final Figures figures;
    private final Readership readership;
    private final Clock clock;

    ReconciliationResource(
            Catalogue catalogue,
            QueryReader queries,
            LiveFigures live,
            Figures figures,
            Readership readership,
            Clock clock) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.live = live;
        this.figures = figures;
        this.readership = readership;
        this.clock = clock;
    }

    /** Everything about the published lines of a service, at one moment. */
    public record Reconciliation(PositionAnswer position, List<Comparison> lines, List<Contradiction> contradictions) {}

    @GET
    @Operation(
            summary = "Published beside live",
            description = "Each published line of a service with the live figure, and whether they match;"
                    + " then what contradicts itself inside the whole published set, of all services."
                    + " A bureau sees no line about another province.")
    public Reconciliation reconcile(
            @QueryParam("service") @Parameter(example = "overseas", description = "absent: all services") @Nullable
                    String service) {
        Optional<String> own = readership.province();
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
        Optional<Figure> indicator = line.indicator().flatMap(catalogue::find);
        if (indicator.isEmpty()) {
            return Optional.of(Comparison.incomparable(line));
        }
        FigureQuery query = queries.read(indicator.get(), parameters(line.slice()), Set.of());
        Set<String> provinces = query.filters().getOrDefault(PROVINCE, Set.of());
        if (own.isPresent() && !provinces.isEmpty() && !provinces.equals(Set.of(own.get()))) {
            return Optional.empty();
        }
        List<Cell> cells = figures.cells(cut, query, own);
        return Optional.of(
                Comparison.of(line, indicator.get().code(), cells.getFirst().exact()));
    }

    private static Map<String, List<String>> parameters(String slice) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : slice.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters
                        .computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                        .add(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
