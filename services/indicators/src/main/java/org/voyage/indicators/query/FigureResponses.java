package org.voyage.indicators.query;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Unit;
import org.voyage.indicators.reference.CodeLabel;

/** Response types (DTOs) of the figures. */
public final class FigureResponses {

    private static final String VALUES_DESCRIPTION =
            "one object per value, with its codes and value. The value is whole for counts, has two decimals"
                    + " for shares and the like, and is null if there is none (a share of nothing). If it is missing"
                    + " otherwise, status says why: not-reported, with lastReported, or suppressed; in a breakdown by the"
                    + " dimension status it is valueStatus. With shares also share, in percent of its total / "
                    + "每个数值一项，含代码和 value。计数为整数，占比等取两位小数，没有数值（如分母为零）的为 null。其他"
                    + "缺数值的情形由 status 说明：not-reported（尚未报送，附 lastReported）或 suppressed（不予公布）；按状"
                    + "态（status）分组时为 valueStatus。要求 shares 时另有 share，为占总数的百分比";
    private static final String COMPONENTS_DESCRIPTION =
            "for a derived figure without a breakdown: the parts of the value / 衍生指标未分组时：数值的构成";
    private static final String OTHERS_DESCRIPTION =
            "with top: the sum of the remaining values; count is their number / " + "使用 top 时：其余各项合计，count 为项数";
    private static final String TOTALS_DESCRIPTION =
            "with totals: the total, broken down by nothing but the year / 使用 totals 时：总数，除年度外不分组";
    private static final String COVERAGE_DESCRIPTION =
            "completeness of each year of the answer; not for readers outside / " + "所涉各年度的报送完整性；对外读者不提供";
    private static final String NOTES_DESCRIPTION = "notes that the reader has to know / 使用时须注意的说明";

    private FigureResponses() {}

    @Schema(
            name = "IndicatorAnswer",
            description = "Figure: its name, its meaning, and its breakdowns. / 指标：名称、含义和可用的分组。")
    public record IndicatorAnswer(
            String code,
            int version,
            LocalizedText name,
            Unit unit,

            @Schema(
                    description =
                            "record type that is counted; for a derived figure that of its first counted figure / "
                                    + "所计的记录类型；衍生指标为其首个计数指标的记录类型")
            String record,

            @Schema(
                    description = "stock: at a date; flow: in a period; flow-of-year: known by year only / "
                            + "stock：时点数；flow：时期数；flow-of-year：仅按年度统计",
                    examples = "stock")
            String period,

            List<String> dimensions,
            List<String> lists,

            @Schema(
                    description =
                            "for readers outside, for a figure of persons: sets of dimensions and lists. A query may use the"
                                    + " dimensions and lists of one set, and the year / "
                                    + "对外读者查询涉及人数的指标时，可同时使用的维度和名单，分组给出；一次查询只能使用其中一组，可加年度")
            @JsonInclude(NON_EMPTY)
            List<TableAnswer> tables,

            @Schema(
                    description =
                            "whether the values of the parts add up to the total; not so for distinct counts and most derived"
                                    + " figures / 各部分数值之和是否等于总数；去重计数和多数衍生指标不可相加")
            boolean additive,

            LocalizedText derivation,

            @Schema(
                    nullable = true,
                    description = "absent while the figures are loaded after a start / 服务启动、指标载入期间没有此项")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            HeadlineAnswer headline,

            @Schema(
                    nullable = true,
                    description = "derivation from other figures; absent: counted from records / "
                            + "由其他指标计算的方法；没有此项的，由记录直接计数")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            DerivedAnswer derived) {}

    @Schema(
            name = "TableAnswer",
            description =
                    "Dimensions and lists that one query may combine on released figures. / " + "查询已发布数据时可同时使用的维度和名单。")
    public record TableAnswer(List<String> dimensions, List<String> lists) {}

    @Schema(
            name = "DerivedAnswer",
            description = "Figure that is computed from other figures when it is asked for. / " + "衍生指标：查询时由其他指标计算得出。")
    public record DerivedAnswer(
            @Schema(
                    description = "share, sum, difference, change, growth, over, concentration or median / "
                            + "share（占比）、sum（合计）、difference（差）、change（变动）、growth（增速）、over（超过某值的个数）、concentration"
                            + "（集中度）或 median（中位数）",
                    examples = "share")
            String kind,

            @Schema(description = "figures from which it is computed / 计算所依据的指标")
            List<String> of) {}

    @Schema(name = "ComponentAnswer", description = "Figure from which the value is derived. / 计算该值所依据的指标。")
    public record ComponentAnswer(
            @Schema(
                    description =
                            "part and whole of a share; now and before of a change; last and first of a growth; term of a sum;"
                                    + " minuend and subtrahend of a difference, reported and reported-before: the reports of"
                                    + " its year and of the year before; each: at each code / "
                                    + "占比的 part（分子）和 whole（分母），变动的 now（本期）和 before（上期），增速的 last（末期）和"
                                    + " first（首期），合计的 term（加项），差的 minuend（被减数）和 subtrahend（减数）、reported 和"
                                    + " reported-before（当年和上年的报送情况），each（逐项）",
                    examples = "part")
            String role,

            @Schema(
                    description =
                            "code of the figure; for a published number the name of its series / " + "指标代码；已公布数据为其序列名称")
            String indicator,

            @Schema(
                    description = "version of its definition; for a published number the version of its set / "
                            + "口径版本；已公布数据为所在数据集的版本",
                    examples = "1")
            int version,

            @Schema(
                    nullable = true,
                    description =
                            "parameters for `/v1/indicators/{indicator}/values`; null for \"a year ago today\" and for a"
                                    + " published number / 查询 `/v1/indicators/{indicator}/values` 的参数；“去年今日”和已公布数据为 null")
            @JsonProperty("query")
            @Nullable
            String query,

            @Schema(
                    nullable = true,
                    description = "null if it is evaluated at each code, has no value, or no province has reported / "
                            + "数值；逐项计算、没有数值或尚未报送的为 null")
            @JsonProperty("value")
            @Nullable
            Number value) {

        /** Returns this component without its value. */
        public ComponentAnswer withoutValue() {
            return new ComponentAnswer(role, indicator, version, query, null);
        }
    }

    /** Shape of a line of values, for the OpenAPI document only: further members are codes by dimension. */
    @Schema(
            name = "ValueLine",
            description = "Value, with a code for each dimension of the breakdown. / 数值，以及各分组维度的代码。",
            additionalProperties = Object.class)
    public record ValueLine(
            @JsonProperty("value") @Nullable Number value,

            @Schema(
                    description =
                            "only if the value is missing: not-reported means that no province has reported about the year,"
                                    + " suppressed that a release hides it / "
                                    + "仅在无数值时有此项：not-reported 表示该年度尚未报送，suppressed 表示不予公布",
                    examples = "not-reported")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String status,

            @Schema(
                    description = "only with not-reported: last year about which a province has reported / "
                            + "仅 not-reported 时有此项：最近有省份报送的年度")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Integer lastReported,

            @Schema(description = "only in a breakdown by year / 仅按年度分组时有此项")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Integer year,

            @Schema(description = "only with shares: in percent of its total / 仅要求 shares 时有此项：占总数的百分比")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Number share,

            @Schema(description = "only in others: number of values that are added up / 仅 others 有此项：合计的项数")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Integer count) {}

    @Schema(name = "IndicatorsAnswer")
    public record IndicatorsAnswer(List<IndicatorAnswer> items) {}

    @Schema(name = "Heading", description = "Figure to which a value belongs. / 数值所属的指标。")
    public record FigureHeading(String code, int version, LocalizedText name, Unit unit) {

        public static FigureHeading of(Figure figure) {
            return of(figure, figure.version());
        }

        /**
         * Returns the heading of a figure.
         *
         * @param version version of the definition that counted it
         */
        public static FigureHeading of(Figure figure, int version) {
            return new FigureHeading(figure.code(), version, figure.name(), figure.unit());
        }
    }

    @Schema(
            name = "PositionAnswer",
            description =
                    "Position of the answer: it holds every event before these Kafka offsets, as of this moment. / "
                            + "所含数据的位置：截至该时刻、这些 Kafka 偏移量之前的全部事件。")
    public record PositionAnswer(
            @Schema(
                    description = "by topic and partition: offset of the first event that is not counted yet / "
                            + "按主题和分区：首个尚未计入事件的偏移量")
            Map<String, Map<String, Long>> topics,

            Instant time) {}

    @Schema(
            name = "ReleaseAnswer",
            description = "For readers outside: the release of this figure of persons. / 对外读者所见涉及人数指标的发布批次。")
    public record ReleaseAnswer(
            @Schema(description = "grows by one with every release / 发布序号，每次发布加一", examples = "7")
            long number,

            @Schema(description = "time of the release / 发布时间")
            Instant at) {}

    @Schema(name = "CoverageYear", description = "Completeness of one year of a figure. / 指标某一年度的报送完整性。")
    public record CoverageYear(
            int year,

            @Schema(
                    description =
                            "false: at the past moment in the query nothing was known yet of the records that the figure"
                                    + " counts / 为 false 时，在所查的历史时点，尚无该指标所计的记录")
            boolean known,

            @Schema(
                    description =
                            "provinces that have reported about this year. They have records about it, of every type that the"
                                    + " figure counts, or have submitted it. For a stock: they have such records of any year, and have"
                                    + " sent anything to the service in or about this year, or later / "
                                    + "已报省份：有该年度各类应计记录，或已提交该年度。时点指标为：有任一年度的此类记录，且该年度或以后曾"
                                    + "向本项业务报送")
            int provinces,

            @Schema(
                    description =
                            "whether any province of the query has reported about this year. If none has, a flow is null with"
                                    + " the status not-reported, and not 0. So is a stock about which no province has ever reported / "
                                    + "所查省份中是否有省份报送过该年度。均未报送的，时期指标为 null，状态为 not-reported（尚未报送），不"
                                    + "为 0；从未有省份报送的时点指标亦同")
            boolean reported,

            @Schema(
                    nullable = true,
                    description =
                            "last year, up to this one, about which any of these provinces has reported; null if there is none"
                                    + " / 截至该年度，这些省份最近报送的年度；没有的为 null",
                    examples = "2023")
            @JsonProperty("lastReported")
            @Nullable
            Integer lastReported,

            @Schema(nullable = true, description = "provinces whose year is accepted or locked / 该年度状态为已接收或已锁定的省份")
            @JsonProperty("closed")
            @Nullable
            Integer closed,

            @Schema(
                    nullable = true,
                    description =
                            "provinces that have closed the compared year but not this one, which is over; a bureau sees its"
                                    + " own / 已完成对比年度、但未完成该年度的省份，仅限已结束的年度；省级用户只看到本省")
            @JsonProperty("notClosed")
            @Nullable
            List<String> notClosed,

            @Schema(
                    nullable = true,
                    description =
                            "rows of files and single writes about this year that now wait for their parent record, of the"
                                    + " types that the figure counts; a bureau sees its own. For a past moment this and the next fields,"
                                    + " down to lastPush, are null / "
                                    + "该年度待处理的文件行数和单条报送数，限指标所计的记录类型；省级用户只看到本省。查询历史时点时，此项"
                                    + "至 lastPush 各项为 null")
            @JsonProperty("parked")
            @Nullable
            Long parked,

            @Schema(
                    nullable = true,
                    description =
                            "rows of files and single writes about this year that broke a rule, counted in the same way; each"
                                    + " attempt counts / 该年度退回的文件行数和单条报送数，范围同上；每次尝试都计数")
            @JsonProperty("refused")
            @Nullable
            Long refused,

            @Schema(
                    nullable = true,
                    description = "records about this year in the services whose records the figure counts, as in"
                            + " `/v1/completeness`; a bureau sees its own / "
                            + "收到数：指标所涉业务该年度的记录数，与 `/v1/completeness` 一致；省级用户只看到本省")
            @JsonProperty("received")
            @Nullable
            Long received,

            @Schema(
                    nullable = true,
                    description =
                            "expected records: by plans, or else as many as about the year before. Provinces with neither are"
                                    + " left out; null if that is all of them / "
                                    + "应有数：有计划的按计划，没有计划的按上年记录数；两者都没有的省份不计，均没有时为 null")
            @JsonProperty("expected")
            @Nullable
            Long expected,

            @Schema(
                    nullable = true,
                    description = "plan, year-before, or both; null if expected is / "
                            + "应有数的来历：plan（计划）、year-before（上年），或两者兼有；没有应有数的为 null",
                    examples = "year-before")
            @JsonProperty("expectedFrom")
            @Nullable
            String expectedFrom,

            @Schema(
                    nullable = true,
                    description =
                            "last time at which a record about this year was changed or sent in a file, or the number of"
                                    + " waiting or refused submissions changed; only types that the figure counts. A bureau sees its"
                                    + " own. null: never, or before the service started and not read yet / "
                                    + "最近报送时间：该年度记录最近一次变更、在文件中报送，或待处理、退回数变化的时间，限指标所计的记录类"
                                    + "型；省级用户只看到本省。从未报送，或在服务启动之前且尚未读取的，为 null")
            @JsonProperty("lastPush")
            @Nullable
            Instant lastPush,

            @Schema(
                    description =
                            "provinces that have reported about the compared year and not about this one; a bureau sees its"
                                    + " own. The compared year is the year before, or the base year of a change or growth / "
                                    + "报送过对比年度、未报送该年度的省份；省级用户只看到本省。对比年度为上年，变动和增速指标为其基期")
            List<String> missing,

            @Schema(
                    description =
                            "provinces that have reported about this year and not about the compared one, if any province has"
                                    + " about that one; empty for a stock; a bureau sees its own / "
                                    + "报送了该年度、未报送对比年度的省份，限有省份报送过对比年度的情形；时点指标为空；省级用户只看到本省")
            List<String> added,

            @Schema(
                    description =
                            "provinces with less than half of the expected records: by plan, or else as many as about the"
                                    + " compared year. None if both are fewer than 20, or if this year goes on; a bureau sees its own / "
                                    + "记录数不足应有数一半的省份，应有数按计划，没有计划的按对比年度；两者均不足 20 条或年度未结束的不列；"
                                    + "省级用户只看到本省")
            List<String> fewer,

            @Schema(
                    description =
                            "provinces with more than twice the expected records, in the same way, also for a year that goes"
                                    + " on; a bureau sees its own / "
                                    + "记录数超过应有数两倍的省份，算法同上，含未结束的年度；省级用户只看到本省")
            List<String> more,

            @Schema(
                    nullable = true,
                    description =
                            "why this year should not be compared with the other as it stands: provinces are missing or added,"
                                    + " have fewer or more records than expected, or have closed only the other year / "
                                    + "不宜直接与对比年度比较的原因：省份缺报或新增，记录数明显偏少或偏多，或只完成了对比年度")
            @JsonProperty("warning")
            @Nullable
            LocalizedText warning) {

        /** Returns whether the year is not directly comparable with the year before. */
        public boolean differs() {
            return known && warning != null;
        }
    }

    @Schema(name = "ValuesAnswer")
    public record ValuesAnswer(
            FigureHeading indicator,
            List<String> by,
            Map<String, String> filters,
            String period,
            PositionAnswer position,

            @Schema(nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ReleaseAnswer release,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = VALUES_DESCRIPTION)
            List<Map<String, Object>> items,

            Map<String, Map<String, CodeLabel>> labels,

            @Schema(description = COMPONENTS_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<ComponentAnswer> components,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = OTHERS_DESCRIPTION)
            @JsonInclude(NON_EMPTY)
            List<Map<String, Object>> others,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = TOTALS_DESCRIPTION)
            @JsonInclude(NON_EMPTY)
            List<Map<String, Object>> totals,

            HeadlineAnswer headline,

            @Schema(description = COVERAGE_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<CoverageYear> coverage,

            @Schema(description = NOTES_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<NoteAnswer> notes) {}

    @Schema(name = "NoteAnswer", description = "Note that the reader has to know. / 使用时须注意的说明。")
    public record NoteAnswer(
            @Schema(examples = "others-do-not-add-up") String code, String zh, String en) {}

    @Schema(name = "FigureAnswer", description = "One of several figures of a query. / 一次查询的多项指标之一。")
    public record FigureAnswer(
            FigureHeading indicator,
            String period,

            @Schema(nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ReleaseAnswer release,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = VALUES_DESCRIPTION)
            List<Map<String, Object>> items,

            Map<String, Map<String, CodeLabel>> labels,

            @Schema(description = COMPONENTS_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<ComponentAnswer> components,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = OTHERS_DESCRIPTION)
            @JsonInclude(NON_EMPTY)
            List<Map<String, Object>> others,

            @Schema(type = SchemaType.ARRAY, implementation = ValueLine.class, description = TOTALS_DESCRIPTION)
            @JsonInclude(NON_EMPTY)
            List<Map<String, Object>> totals,

            HeadlineAnswer headline,

            @Schema(description = COVERAGE_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<CoverageYear> coverage,

            @Schema(description = NOTES_DESCRIPTION) @JsonInclude(NON_EMPTY)
            List<NoteAnswer> notes) {}

    @Schema(
            name = "FiguresAnswer",
            description = "Several figures, all counted at one position in the log. / 多项指标，均按日志同一位置计算。")
    public record FiguresAnswer(
            List<String> by, Map<String, String> filters, PositionAnswer position, List<FigureAnswer> items) {}
}
