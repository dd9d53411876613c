package org.voyage.indicators.feature.completeness;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.SubmissionTopics;
import org.voyage.indicators.feature.completeness.SubmissionStore.PendingCounts;
import org.voyage.indicators.feature.completeness.SubmissionStore.SenderTotals;
import org.voyage.indicators.feature.completeness.SubmissionStore.SenderYear;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionOverview;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionSender;
import org.voyage.indicators.feature.completeness.SubmissionStore.YearClosing;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.feature.tabular.TabularResponder;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.http.CostCategory;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.http.RequestCost;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.problem.Refusal;

/** HTTP resource: how complete the data are. */
@Path("/v1/completeness")
@Tag(name = "Completeness", description = "Who has sent what, and how far each year has come.")
@RunOnVirtualThread
@CostCategory(RequestCost.LARGE)
public class CompletenessResource {

    private static final int FIRST_YEAR = 1949;
    private static final CodeSet<String> PROVINCES = CodeSet.of("province", new TreeSet<>(Province.codes()));

    private final SubmissionStore submissions;
    private final RecordCounts recordCounts;
    private final LastPushTracker pushes;
    private final LiveFigures live;
    private final FigureAccessPolicy accessPolicy;
    private final CodeLabelLookup labels;
    private final Clock clock;
    private final CodeSet<String> services;

    CompletenessResource(
            SubmissionStore submissions,
            RecordCounts arrived,
            LastPushTracker pushes,
            LiveFigures live,
            LogTopics topics,
            FigureAccessPolicy accessPolicy,
            CodeLabelLookup labels,
            Clock clock) {
        this.submissions = submissions;
        this.recordCounts = arrived;
        this.pushes = pushes;
        this.live = live;
        this.accessPolicy = accessPolicy;
        this.labels = labels;
        this.clock = clock;
        this.services = CodeSet.of("service", SubmissionTopics.servicesOf(topics));
    }

    @Schema(name = "YearAnswer", description = "A year of one service for one province.")
    public record YearAnswer(
            int year,

            @Schema(description = "open, submitted, accepted or locked", examples = "submitted")
            String state,

            @Schema(nullable = true, description = "since when; null while there is no statement about the year")
            @JsonProperty("since")
            @Nullable
            Instant since,

            @Schema(description = "records that are about this year: that count in it first")
            long received,

            @Schema(
                    nullable = true,
                    description =
                            "as many as the plan of the year says, or without one as were about the year before; null when"
                                    + " there is no plan and nothing about the year before")
            @JsonProperty("expected")
            @Nullable
            Long expected,

            @Schema(
                    nullable = true,
                    description = "plan or year-before; null where expected is",
                    examples = "year-before")
            @JsonProperty("expectedFrom")
            @Nullable
            String expectedFrom,

            @Schema(description = "received, by record") Map<String, Long> records,

            @Schema(
                    description =
                            "rows of files and single writes about this year that wait now for what they refer to")
            long parked,

            @Schema(
                    description =
                            "rows of files and single writes about this year that broke a rule; each attempt counts")
            long refused,

            @Schema(nullable = true, description = "when the last file with rows about this year came to its end")
            @JsonProperty("lastFile")
            @Nullable
            Instant lastFile,

            @Schema(
                    nullable = true,
                    description =
                            "when it last sent a file with rows about this year, changed a record about it, or the"
                                    + " number of its parked or refused rows changed, which the service reports about"
                                    + " a second later")
            @JsonProperty("lastPush")
            @Nullable
            Instant lastPush) {}

    @Schema(
            name = "WithoutYearAnswer",
            description =
                    "Rows of files and single writes that are about no year that can be asked for, or one that is not"
                            + " known: it cannot be read, or the service reported the file before it reported years.")
    public record WithoutYearAnswer(long parked, long refused) {}

    @Schema(name = "SenderAnswer", description = "What one province has sent to one service.")
    public record SenderAnswer(
            String province,
            String service,

            @Schema(nullable = true, description = "as of a year, whatever it was about; null: never")
            @JsonProperty("lastPush")
            @Nullable
            Instant lastPush,

            @Schema(description = "files that came to their end; dry runs do not count")
            long files,

            @Schema(description = "rows of all these files") long rows,

            @Schema(description = "rows of files and single writes that wait now for what they refer to")
            long parked,

            @Schema(description = "rows of files and single writes that broke a rule")
            long refused,

            @Schema(description = "how many of these are in no year")
            WithoutYearAnswer withoutYear,

            List<YearAnswer> years) {}

    @Schema(name = "CompletenessAnswer")
    public record CompletenessAnswer(PositionAnswer position, List<SenderAnswer> items) {}

    @GET
    @Operation(
            operationId = "listCompleteness",
            summary = "Who has sent what",
            description =
                    "Per province and service: files, how much of what was sent waits or was refused, the last push, and per"
                            + " year its state, how many records there are, how many are expected, and how much about it waits"
                            + " or was refused. A bureau sees its own. As a file: a line for each province, service and year,"
                            + " the largest difference between received and expected first, then those of which nothing"
                            + " is expected.")
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            content =
                    @Content(
                            mediaType = ReportFormat.JSON_TYPE,
                            schema = @Schema(implementation = CompletenessAnswer.class)))
    public Response all(
            @QueryParam("province") @Parameter(example = "12", description = "absent: all that may be seen") @Nullable
                    String province,
            @QueryParam("service") @Parameter(example = "overseas", description = "absent: all") @Nullable
                    String service,
            @QueryParam("year")
                    @Parameter(example = "2025", description = "absent: the current year and the two before")
                    @Nullable
                    String year,
            @QueryParam(TabularResponder.FORMAT_PARAMETER) @Nullable String format,
            @Context HttpHeaders headers) {
        TabularResponder responder = TabularResponder.negotiate(format, headers);
        CompletenessAnswer answer = readCompleteness(province, service, year);
        return responder
                .respond(answer, () -> CompletenessReport.toReport(answer, labels))
                .build();
    }

    private CompletenessAnswer readCompleteness(
            @Nullable String province, @Nullable String service, @Nullable String year) {
        Optional<String> own = accessPolicy.visibleProvince();
        String asked = QueryParameters.parseCode("province", province, PROVINCES);
        String only = QueryParameters.parseCode("service", service, services);
        int current = LocalDate.now(clock).getYear();
        int last = (int) QueryParameters.parseInteger("year", year, FIRST_YEAR, current, current);
        int first = year == null ? current - 2 : last;
        if (asked != null && own.isPresent() && !own.get().equals(asked)) {
            throw new Refusal.NotFound();
        }
        accessPolicy.requireFiguresReady();
        CountsAtPosition seen = live.readView(view -> new CountsAtPosition(
                recordCounts.countRecords(view, pushes.earlier()),
                new PositionAnswer(view.positions().offsetsByTopic(), clock.instant())));
        try {
            CompletenessSnapshot told = new CompletenessSnapshot(current, seen.counts(), submissions.readOverview());
            List<SenderAnswer> items = new ArrayList<>();
            for (String name : services.codes()) {
                for (String each : PROVINCES.codes()) {
                    boolean wanted = (only == null || only.equals(name))
                            && (asked == null || asked.equals(each))
                            && own.map(each::equals).orElse(true);
                    if (wanted) {
                        items.add(told.answerFor(new SubmissionSender(name, each), first, last));
                    }
                }
            }
            return new CompletenessAnswer(seen.position(), items);
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private record CountsAtPosition(RecordCounts.RecordCountSnapshot counts, PositionAnswer position) {}

    /** @param currentYear the last year that a request may name */
    private record CompletenessSnapshot(
            int currentYear, RecordCounts.RecordCountSnapshot counts, SubmissionOverview submissions) {

        SenderAnswer answerFor(SubmissionSender sender, int first, int last) {
            SenderTotals total = submissions.totals().getOrDefault(sender, SenderTotals.EMPTY);
            List<YearAnswer> years = new ArrayList<>();
            for (int year = first; year <= last; year++) {
                SenderYear of = new SenderYear(sender, year);
                YearClosing closing = submissions.closings().get(of);
                Map<String, Long> records = counts.records().getOrDefault(of, Map.of());
                Long planned = submissions.plans().get(of);
                Long expected = CoverageCalculator.expectedRecords(
                        planned, sumRecords(counts.records().getOrDefault(new SenderYear(sender, year - 1), Map.of())));
                PendingCounts waiting = submissions.pending().getOrDefault(of, PendingCounts.EMPTY);
                years.add(new YearAnswer(
                        year,
                        closing == null ? "open" : closing.state(),
                        closing == null ? null : closing.since(),
                        sumRecords(records),
                        expected,
                        expected == null ? null : planned == null ? "year-before" : "plan",
                        new TreeMap<>(records),
                        waiting.parked(),
                        waiting.refused(),
                        waiting.lastFile(),
                        LastPushTracker.latest(counts.changes().get(of), waiting.latestChange())));
            }
            return new SenderAnswer(
                    sender.province(),
                    sender.service(),
                    LastPushTracker.latest(counts.lastChanges().get(sender), total.latestChange()),
                    total.files(),
                    total.rows(),
                    total.parked(),
                    total.refused(),
                    withoutYear(sender, total),
                    years);
        }

        /** Returns the counts of rows whose year is missing or outside the years of the API. */
        private WithoutYearAnswer withoutYear(SubmissionSender sender, SenderTotals total) {
            long parked = total.parked();
            long refused = total.refused();
            for (Map.Entry<SenderYear, PendingCounts> each :
                    submissions.pending().entrySet()) {
                int year = each.getKey().year();
                if (each.getKey().sender().equals(sender) && year >= FIRST_YEAR && year <= currentYear) {
                    parked -= each.getValue().parked();
                    refused -= each.getValue().refused();
                }
            }
            return new WithoutYearAnswer(parked, refused);
        }

        private static long sumRecords(Map<String, Long> records) {
            return records.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
