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
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.http.FigureQueryParser;
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
@Tag(name = "Completeness", description = "Records that provinces sent, and the state of each year. / 报送情况：各省的报送和各年度状态")
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

    @Schema(name = "YearAnswer", description = "Year of one service for one province. / 一个省份一项业务的一个年度。")
    public record YearAnswer(
            int year,

            @Schema(
                    description = "open, submitted, accepted or locked / "
                            + "open（未提交）、submitted（已提交）、accepted（已接收）或 locked（已锁定）",
                    examples = "submitted")
            String state,

            @Schema(
                    nullable = true,
                    description = "time since which the state holds; null without a statement about the year / "
                            + "该状态的起始时间；没有提交年度的为 null")
            @JsonProperty("since")
            @Nullable
            Instant since,

            @Schema(description = "records whose first year is this one / 收到数：最早计入该年度的记录数")
            long received,

            @Schema(
                    nullable = true,
                    description =
                            "as many as the year's plan says, or without a plan as many as about the year before; null if"
                                    + " there is neither / 应有数：有计划的按计划，没有计划的按上年；两者都没有的为 null")
            @JsonProperty("expected")
            @Nullable
            Long expected,

            @Schema(
                    nullable = true,
                    description = "plan or year-before; null if expected is / "
                            + "应有数的来历：plan（计划）或 year-before（上年）；没有应有数的为 null",
                    examples = "year-before")
            @JsonProperty("expectedFrom")
            @Nullable
            String expectedFrom,

            @Schema(description = "received, by record type / 按记录类型分列的收到数")
            Map<String, Long> records,

            @Schema(
                    description =
                            "rows of files and single writes about this year that now wait for their parent record / "
                                    + "该年度待处理的文件行数和单条报送数")
            long parked,

            @Schema(
                    description =
                            "rows of files and single writes about this year that broke a rule; each attempt counts / "
                                    + "该年度退回的文件行数和单条报送数，每次尝试都计数")
            long refused,

            @Schema(
                    nullable = true,
                    description = "time at which the processing of the last file with rows about this year ended / "
                            + "含该年度数据的最近一个文件处理完毕的时间")
            @JsonProperty("lastFile")
            @Nullable
            Instant lastFile,

            @Schema(
                    nullable = true,
                    description =
                            "last time at which it sent a file with rows about this year, or changed a record about it. Also"
                                    + " if the number of its parked or refused rows changed; the service reports these numbers about a"
                                    + " second later / "
                                    + "最近报送时间：报送含该年度数据的文件、变更该年度记录，或待处理、退回数变化的时间；后两个数约延迟一"
                                    + "秒")
            @JsonProperty("lastPush")
            @Nullable
            Instant lastPush) {}

    @Schema(
            name = "WithoutYearAnswer",
            description =
                    "Rows of files and single writes without a known year. The year cannot be read, is outside those"
                            + " of queries, or the service did not report years yet. / "
                            + "无年度的文件行数和单条报送数：年度无法读取，超出可查范围，或报送时业务系统尚不分年度。")
    public record WithoutYearAnswer(long parked, long refused) {}

    @Schema(name = "SenderAnswer", description = "Submissions of one province to one service. / 一个省份一项业务的报送情况。")
    public record SenderAnswer(
            String province,
            String service,

            @Schema(nullable = true, description = "last push, about any year; null: never / 最近报送时间，不限年度；从未报送的为 null")
            @JsonProperty("lastPush")
            @Nullable
            Instant lastPush,

            @Schema(description = "files whose processing ended, without dry runs / 处理完毕的文件数，不含试运行")
            long files,

            @Schema(description = "rows of all these files / 上述文件的总行数")
            long rows,

            @Schema(
                    description = "rows of files and single writes that wait now for their parent record / "
                            + "待处理的文件行数和单条报送数")
            long parked,

            @Schema(description = "rows of files and single writes that broke a rule / 退回的文件行数和单条报送数")
            long refused,

            @Schema(description = "number of these without a year / 其中无年度的个数")
            WithoutYearAnswer withoutYear,

            List<YearAnswer> years) {}

    @Schema(name = "CompletenessAnswer")
    public record CompletenessAnswer(PositionAnswer position, List<SenderAnswer> items) {}

    @GET
    @Operation(
            operationId = "listCompleteness",
            summary = "Submissions of provinces / 查询报送情况",
            description =
                    "By province and service: files, waiting and refused submissions, and the last push. For each year"
                            + " also its state, the received and expected records, and the waiting and refused submissions. A"
                            + " bureau sees its own. As a file: one line for each province, service and year. The largest"
                            + " difference between received and expected comes first, lines without an expected number come"
                            + " last. / "
                            + "按省份和业务列出：文件数、待处理和退回数、最近报送时间，以及各年度的状态、收到数、应有数、待处理和"
                            + "退回数。省级用户只看到本省。导出文件时，每个省份、业务和年度一行，收到数与应有数差额大的在前，没有"
                            + "应有数的在后。")
    @APIResponse(
            responseCode = "200",
            description = TabularResponder.OK_DESCRIPTION,
            content =
                    @Content(
                            mediaType = ReportFormat.JSON_TYPE,
                            schema = @Schema(implementation = CompletenessAnswer.class)))
    public Response all(
            @QueryParam("province")
                    @Parameter(example = "12", description = "absent: all that the caller may see / 省份；不填的为可见的全部省份")
                    @Nullable
                    String province,
            @QueryParam("service") @Parameter(example = "overseas", description = "absent: all / 业务；不填的为全部") @Nullable
                    String service,
            @QueryParam("year")
                    @Parameter(
                            example = "2025",
                            description = "absent: the current year and the two before / 年度；不填的为本年度和前两年")
                    @Nullable
                    String year,
            @QueryParam("period")
                    @Parameter(
                            example = "2012..2025",
                            description = "a year or years, in place of year / 年度或起止年度，用以代替 year")
                    @Nullable
                    String period,
            @QueryParam(TabularResponder.FORMAT_PARAMETER) @Nullable String format,
            @Context HttpHeaders headers) {
        TabularResponder responder = TabularResponder.negotiate(format, headers);
        CompletenessAnswer answer = readCompleteness(province, service, year, period);
        return responder
                .respond(answer, () -> CompletenessReport.toReport(answer, labels))
                .build();
    }

    private CompletenessAnswer readCompleteness(
            @Nullable String province, @Nullable String service, @Nullable String year, @Nullable String period) {
        Optional<String> own = accessPolicy.visibleProvince();
        String asked = QueryParameters.parseCode("province", province, PROVINCES);
        String only = QueryParameters.parseCode("service", service, services);
        PeriodFilter.YearRangePeriod years = parseYears(year, period);
        if (asked != null && own.isPresent() && !own.get().equals(asked)) {
            throw new Refusal.NotFound();
        }
        accessPolicy.requireFiguresReady();
        CountsAtPosition seen = live.readView(view -> new CountsAtPosition(
                recordCounts.countRecords(view, pushes.earlier()),
                new PositionAnswer(view.positions().offsetsByTopic(), clock.instant())));
        try {
            CompletenessSnapshot told =
                    new CompletenessSnapshot(LocalDate.now(clock).getYear(), seen.counts(), submissions.readOverview());
            List<SenderAnswer> items = new ArrayList<>();
            for (String name : services.codes()) {
                for (String each : PROVINCES.codes()) {
                    boolean wanted = (only == null || only.equals(name))
                            && (asked == null || asked.equals(each))
                            && own.map(each::equals).orElse(true);
                    if (wanted) {
                        items.add(told.answerFor(new SubmissionSender(name, each), years));
                    }
                }
            }
            return new CompletenessAnswer(seen.position(), items);
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private PeriodFilter.YearRangePeriod parseYears(@Nullable String year, @Nullable String period) {
        LocalDate today = LocalDate.now(clock);
        int current = today.getYear();
        if (period == null) {
            int last = (int) QueryParameters.parseInteger("year", year, FIRST_YEAR, current, current);
            return new PeriodFilter.YearRangePeriod(year == null ? current - 2 : last, last);
        }
        if (year != null) {
            throw QueryRefusals.malformed(
                    "period", "year-and-period", "Name a year or a period, not both.", "year 和 period 只能填写一个。");
        }
        return switch (FigureQueryParser.parsePeriod(List.of(period), today)) {
            case PeriodFilter.YearRangePeriod range -> range;
            case PeriodFilter.YearPeriod(int only) -> new PeriodFilter.YearRangePeriod(only, only);
            case PeriodFilter.CurrentPeriod _, PeriodFilter.MonthPeriod _ ->
                throw QueryRefusals.malformed(
                        "period",
                        "years-only",
                        "Name a year or years, such as 2012..2025.",
                        "请填写年度或起止年度，如 2012..2025。");
        };
    }

    private record CountsAtPosition(RecordCounts.RecordCountSnapshot counts, PositionAnswer position) {}

    /** @param currentYear the last year that a request may name */
    private record CompletenessSnapshot(
            int currentYear, RecordCounts.RecordCountSnapshot counts, SubmissionOverview submissions) {

        SenderAnswer answerFor(SubmissionSender sender, PeriodFilter.YearRangePeriod wanted) {
            SenderTotals total = submissions.totals().getOrDefault(sender, SenderTotals.EMPTY);
            List<YearAnswer> years = new ArrayList<>();
            for (int year = wanted.firstYear(); year <= wanted.lastYear(); year++) {
                SenderYear of = new SenderYear(sender, year);
                YearClosing closing = submissions.closings().get(of);
                Map<String, Long> records = counts.records().getOrDefault(of, Map.of());
                Long planned = submissions.plans().get(of);
                Long expected = CoverageCalculator.expectedRecords(
                        planned, sumRecords(counts.records().getOrDefault(new SenderYear(sender, year - 1), Map.of())));
                PendingCounts waiting = submissions.pending().getOrDefault(of, PendingCounts.EMPTY);
                years.add(new YearAnswer(
                        year,
                        closing == null ? YearProgress.OPEN_STATE : closing.state(),
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
