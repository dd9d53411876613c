package org.voyage.indicators.completeness;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.completeness.SubmissionStore.Closing;
import org.voyage.indicators.completeness.SubmissionStore.Sender;
import org.voyage.indicators.completeness.SubmissionStore.YearOf;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Counted;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.query.QueryReader;
import org.voyage.indicators.query.Readership;
import org.voyage.kit.access.Province;
import org.voyage.kit.web.Refusal;

/** Whether years of a figure may be compared: how many provinces are in each. */
@Path("/v1/indicators/{code}/coverage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Completeness", description = "Who has sent what, and how far each year has come.")
@RunOnVirtualThread
public class CoverageResource {

    private static final int RECENT = 5;
    private static final Set<String> CLOSED = Set.of("accepted", "locked");

    private final Catalogue catalogue;
    private final QueryReader queries;
    private final Figures figures;
    private final LiveFigures live;
    private final Arrived arrived;
    private final SubmissionStore submissions;
    private final Topics topics;
    private final Readership readership;
    private final Clock clock;

    CoverageResource(
            Catalogue catalogue,
            QueryReader queries,
            Figures figures,
            LiveFigures live,
            Arrived arrived,
            SubmissionStore submissions,
            Topics topics,
            Readership readership,
            Clock clock) {
        this.catalogue = catalogue;
        this.queries = queries;
        this.figures = figures;
        this.live = live;
        this.arrived = arrived;
        this.submissions = submissions;
        this.topics = topics;
        this.readership = readership;
        this.clock = clock;
    }

    @Schema(description = "How complete one year of a figure is.")
    public record CoverageYear(
            int year,

            @Schema(description = "provinces with records about this year, of the record that the figure counts")
            int provinces,

            @Schema(description = "provinces whose year is accepted or locked")
            int closed,

            @Schema(
                    description =
                            "provinces with records about the year before and none about this one; a bureau sees its own")
            List<String> missing,

            @Schema(
                    nullable = true,
                    description = "why this year should not be compared with the one before as it stands")
            @JsonProperty("warning")
            @Nullable
            Text warning) {}

    public record CoverageAnswer(String indicator, String service, PositionAnswer position, List<CoverageYear> years) {}

    @GET
    @Operation(
            summary = "Whether years of a figure may be compared",
            description =
                    "Per year how many provinces have records about it and how many have closed it, with a warning where"
                            + " provinces of the year before are missing.")
    public CoverageAnswer coverage(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @QueryParam("period")
                    @Parameter(example = "2021..2025", description = "a year or years; absent: the last five")
                    @Nullable
                    String period) {
        Optional<String> own = readership.province();
        Indicator indicator = Counted.in(
                catalogue,
                code,
                derived -> derived.counted().stream()
                        .map(counted -> "/v1/indicators/" + counted.code() + "/coverage")
                        .toList());
        Map<String, List<String>> asked =
                period == null ? Map.of() : Map.of("by", List.of("year"), "period", List.of(period));
        Period years = queries.read(indicator, asked, Set.of()).period();
        readership.figuresAreThere();
        int today = figures.today().getYear();
        return switch (years) {
            case Period.Current _ -> answer(indicator, today - RECENT + 1, today, own);
            case Period.Year year -> answer(indicator, year.year(), year.year(), own);
            case Period.Years several -> answer(indicator, several.first(), several.last(), own);
            case Period.Month month ->
                answer(indicator, month.month().getYear(), month.month().getYear(), own);
        };
    }

    private CoverageAnswer answer(Indicator indicator, int first, int last, Optional<String> own) {
        String service = topics.service(indicator.record());
        Seen seen = live.read(cut ->
                new Seen(arrived.in(cut), new PositionAnswer(cut.positions().offsets(), clock.instant())));
        Map<YearOf, Map<String, Long>> records = seen.arrived();
        try {
            Map<YearOf, Closing> closings = submissions.years();
            List<CoverageYear> years = new ArrayList<>();
            for (int year = first; year <= last; year++) {
                Set<String> here = provinces(records, indicator.record(), service, year);
                Set<String> missing = provinces(records, indicator.record(), service, year - 1);
                missing.removeAll(here);
                int of = year;
                long closed = Province.codes().stream()
                        .map(province -> closings.get(new YearOf(new Sender(service, province), of)))
                        .filter(closing -> closing != null && CLOSED.contains(closing.state()))
                        .count();
                years.add(new CoverageYear(
                        year,
                        here.size(),
                        Math.toIntExact(closed),
                        missing.stream()
                                .filter(province -> own.map(province::equals).orElse(true))
                                .toList(),
                        missing.isEmpty() ? null : warning(year, missing.size())));
            }
            return new CoverageAnswer(indicator.code(), service, seen.position(), years);
        } catch (SQLException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private record Seen(Map<YearOf, Map<String, Long>> arrived, PositionAnswer position) {}

    private static Set<String> provinces(
            Map<YearOf, Map<String, Long>> records, String record, String service, int year) {
        Set<String> provinces = new TreeSet<>();
        for (String province : Province.codes()) {
            if (records.getOrDefault(new YearOf(new Sender(service, province), year), Map.of())
                    .containsKey(record)) {
                provinces.add(province);
            }
        }
        return provinces;
    }

    private static Text warning(int year, int missing) {
        return new Text(
                missing + " 个省份有 " + (year - 1) + " 年的记录，但没有 " + year + " 年的记录，两年数据不宜直接比较。",
                "Provinces with records about " + (year - 1) + " but none about " + year + ": " + missing
                        + "; the two years do not compare as they stand.");
    }
}
