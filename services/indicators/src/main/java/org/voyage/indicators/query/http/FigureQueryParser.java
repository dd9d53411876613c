package org.voyage.indicators.query.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CodeForm;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.NumberRange;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.PeriodParser;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.reference.CodeList;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Refusal;

/** Strict parser of figure queries: it refuses unknown input, with a suggestion. */
@ApplicationScoped
public class FigureQueryParser {

    private static final String LIST_PARAMETER = "list";
    private static final String LIST_PREFIX = "list:";

    private final ReferenceData reference;
    private final Clock clock;

    public FigureQueryParser(ReferenceData reference, Clock clock) {
        this.reference = reference;
        this.clock = clock;
    }

    /**
     * Parses a query.
     *
     * @param also parameters that the caller parses itself
     * @throws Refusal.Malformed when a parameter is invalid
     */
    public FigureQuery parse(Figure figure, Map<String, List<String>> parameters, Set<String> also) {
        return parse(figure, parameters, also, LocalDate.now(clock));
    }

    /** Parses as {@link #parse(Figure, Map, Set)}, with the given day as today. */
    public FigureQuery parse(Figure figure, Map<String, List<String>> parameters, Set<String> also, LocalDate today) {
        Set<String> known = allowedParameters(figure);
        known.addAll(also);
        for (String name : new TreeSet<>(parameters.keySet())) {
            if (!known.contains(name)) {
                throw QueryRefusals.unknownParameter(name, known);
            }
        }
        // In the order of the definition: the parameters come in another order in each process.
        Map<String, Set<String>> filters = new LinkedHashMap<>();
        for (String dimension : figure.dimensions()) {
            if (parameters.containsKey(dimension) && !also.contains(dimension)) {
                filters.put(dimension, parseCodes(figure, dimension, parameters.get(dimension)));
            }
        }
        List<Breakdown> by =
                parseBreakdown(figure, also.contains("by") ? List.of() : parameters.getOrDefault("by", List.of()));
        List<ListCriterion> lists = new ArrayList<>();
        for (String text : splitValues(LIST_PARAMETER, parameters.getOrDefault(LIST_PARAMETER, List.of()))) {
            boolean members = !text.startsWith(ListCriterion.NOT_PREFIX);
            lists.add(parseListCriterion(
                            figure, LIST_PARAMETER, members ? text : text.substring(ListCriterion.NOT_PREFIX.length()))
                    .withMembers(members));
        }
        requireCompatibleLists(lists);
        PeriodFilter period = parsePeriod(parameters.getOrDefault("period", List.of()), today);
        FigureQuery query = new FigureQuery(figure, by, filters, lists, period);
        requireAnswerable(query, today);
        return query;
    }

    /** Returns the parameters that a query on a figure may have. */
    public static Set<String> allowedParameters(Figure figure) {
        Set<String> known = new TreeSet<>(figure.dimensions());
        known.addAll(List.of("by", "period"));
        if (!figure.lists().isEmpty()) {
            known.add(LIST_PARAMETER);
        }
        return known;
    }

    /** Parses the breakdowns of an answer. */
    public List<Breakdown> parseBreakdown(Figure figure, List<String> values) {
        List<Breakdown> by = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : splitValues("by", values)) {
            if (!seen.add(name)) {
                throw QueryRefusals.malformed(
                        "by",
                        "repeated",
                        "It names \"" + TextFormat.shortenText(name) + "\" twice.",
                        "重复的维度“" + TextFormat.shortenText(name) + "”。");
            }
            if (name.equals("year")) {
                by.add(new Breakdown.YearBreakdown());
            } else if (figure.dimensions().contains(name)) {
                by.add(new Breakdown.DimensionBreakdown(name));
            } else if (name.startsWith(LIST_PREFIX)) {
                by.add(new Breakdown.MembershipBreakdown(
                        parseListCriterion(figure, "by", name.substring(LIST_PREFIX.length()))));
            } else {
                List<String> known = new ArrayList<>(figure.dimensions());
                known.add("year");
                figure.lists()
                        .forEach(list -> known.addAll(List.of("list:" + list + "@then", "list:" + list + "@now")));
                throw QueryRefusals.unknownDimension("by", name, known);
            }
        }
        return by;
    }

    private Set<String> parseCodes(Figure figure, String dimension, List<String> values) {
        Set<String> codes = new LinkedHashSet<>(splitValues(dimension, values));
        if (figure.isNumeric(dimension)) {
            codes.forEach(code -> NumberRange.parse(dimension, code));
            return codes;
        }
        Optional<CodeList> list = reference.findCodes(figure.records(), dimension);
        if (list.isPresent()) {
            return resolveNames(dimension, codes, list.get());
        }
        CodeForm.findForm(figure, dimension).ifPresent(form -> requireForm(dimension, codes, form));
        return codes;
    }

    private static void requireForm(String dimension, Set<String> codes, CodeForm form) {
        for (String code : codes) {
            if (!code.equals(CodeDictionary.ABSENT_TEXT) && !form.isMetBy(code)) {
                throw QueryRefusals.malformedCode(dimension, code, form.explanation());
            }
        }
    }

    private static Set<String> resolveNames(String dimension, Set<String> texts, CodeList list) {
        Set<String> codes = new LinkedHashSet<>();
        for (String text : texts) {
            codes.add(list.findNamed(text).orElseThrow(() -> QueryRefusals.unknownCode(dimension, text, list)));
        }
        return codes;
    }

    private ListCriterion parseListCriterion(Figure figure, String parameter, String text) {
        int at = text.indexOf('@');
        String code = at < 0 ? text : text.substring(0, at);
        if (!figure.lists().contains(code) || reference.findList(code).isEmpty()) {
            throw QueryRefusals.unknownCode(parameter, code, figure.lists());
        }
        return switch (at < 0 ? "" : text.substring(at)) {
            case "@then" -> new ListCriterion(code, true);
            case "@now" -> new ListCriterion(code, false);
            default ->
                throw QueryRefusals.malformed(
                        parameter,
                        "list-moment",
                        "Say as of when: " + code + "@then (members at the time) or " + code + "@now (members today).",
                        "请注明成员口径：" + code + "@then（当时的成员）或 " + code + "@now（当前的成员）。");
        };
    }

    /**
     * Requires compatible lists. A list of countries and one of colleges may be combined. Two lists of countries are
     * ambiguous: a country could have to be on both, or on one of them, as with commas between codes.
     */
    private void requireCompatibleLists(List<ListCriterion> lists) {
        for (boolean ofColleges : List.of(true, false)) {
            List<ListCriterion> ofOneKind = lists.stream()
                    .filter(moment -> reference
                            .findList(moment.list())
                            .filter(list -> list.ofColleges() == ofColleges)
                            .isPresent())
                    .toList();
            if (ofOneKind.size() > 1) {
                ListCriterion first = ofOneKind.get(0);
                ListCriterion second = ofOneKind.get(1);
                String both = "list=" + first + "&by=list:" + second.withMembers(true);
                throw QueryRefusals.malformed(
                        LIST_PARAMETER,
                        "lists-of-one-kind",
                        "It names two lists of " + (ofColleges ? "colleges" : "countries") + ", " + first + " and "
                                + second + ". Ask for each by itself, or split the one by the other: " + both + ".",
                        "同时给出了两个" + (ofColleges ? "院校" : "国家") + "名单：" + first + " 和 " + second
                                + "。请分别查询，或用其一筛选、按另一个划分：" + both + "。");
            }
        }
    }

    private static List<String> splitValues(String parameter, List<String> values) {
        List<String> parts = new ArrayList<>();
        for (String value : values) {
            for (String part : value.split(",", -1)) {
                if (part.isBlank()) {
                    throw QueryRefusals.malformed(parameter, "empty", "It has an empty value.", "参数值不能为空。");
                }
                parts.add(part);
            }
        }
        return parts;
    }

    /**
     * Reads the text of a parameter that may occur once.
     *
     * @return null when it is missing
     * @throws Refusal.Malformed when it occurs twice
     */
    public static @Nullable String readSingle(String name, Map<String, List<String>> parameters) {
        List<String> texts = parameters.getOrDefault(name, List.of());
        if (texts.size() > 1) {
            throw QueryRefusals.malformed(name, "repeated", "It may be given once.", "该参数只能出现一次。");
        }
        return texts.isEmpty() ? null : texts.getFirst();
    }

    /** Parses a period; the default is the current one. */
    public static PeriodFilter parsePeriod(List<String> values, LocalDate today) {
        if (values.size() > 1) {
            throw QueryRefusals.malformed("period", "repeated", "There can be one period.", "只能有一个期间。");
        }
        return values.isEmpty() ? new PeriodFilter.CurrentPeriod() : PeriodParser.parse(values.getFirst(), today);
    }

    private static void requireAnswerable(FigureQuery query, LocalDate today) {
        if (query.period() instanceof PeriodFilter.MonthPeriod) {
            if (query.isByYear()) {
                throw QueryRefusals.malformed(
                        "period", "month-by-year", "A month cannot be split by year.", "月份不能再按年度划分。");
            }
            if (query.figure().isKnownByYearOnly()) {
                throw QueryRefusals.malformed(
                        "period", "years-only", "This indicator is known by year only.", "该指标仅有年度数据。");
            }
        }
        DerivationRule rule = query.figure() instanceof DerivedFigure derived ? derived.rule() : null;
        if (rule instanceof DerivationRule.GrowthRule) {
            requireGrowthPeriod(query, today);
        } else if (query.period() instanceof PeriodFilter.YearRangePeriod
                && !query.isByYear()
                && (query.figure().isStock()
                        || query.figure().isKnownByYearOnly()
                        || rule instanceof DerivationRule.ChangeRule)) {
            throw refuseYearRange(query.figure());
        }
    }

    private static Refusal refuseYearRange(Figure figure) {
        if (figure.isStock()) {
            return QueryRefusals.malformed(
                    "period",
                    "stock-over-years",
                    "It has one value per date; add by=year.",
                    "该指标在每个时点只有一个值，请加上 by=year。");
        }
        return figure.isKnownByYearOnly()
                ? QueryRefusals.malformed(
                        "period",
                        "year-values-over-years",
                        "It is reported year by year, and the same persons may be in several years: the years do not add"
                                + " up; add by=year.",
                        "该指标按年度报送，同一人可能计入多个年度，各年度不可相加，请加上 by=year。")
                : QueryRefusals.malformed(
                        "period",
                        "change-over-years",
                        "A change has one value per year; add by=year.",
                        "变化率每年一个值，请加上 by=year。");
    }

    /**
     * Requires finished years: the value at the end of a year is unknown before it ends, so no growth may end there.
     */
    private static void requireGrowthPeriod(FigureQuery query, LocalDate today) {
        if (query.isByYear()) {
            throw QueryRefusals.malformed(
                    "by", "growth-by-year", "A growth has one value for all its years.", "增长率针对整个年度区间，不能按年度划分。");
        }
        if (!(query.period() instanceof PeriodFilter.YearRangePeriod years) || years.firstYear() == years.lastYear()) {
            throw QueryRefusals.malformed(
                    "period",
                    "growth-over-years",
                    "A growth goes from one year to a later one: period=2015..2019.",
                    "增长率需要起止年度，例如 period=2015..2019。");
        }
        int finished = PeriodFilter.lastFinishedYear(today);
        if (years.lastYear() > finished) {
            throw QueryRefusals.malformed(
                    "period",
                    "growth-unfinished",
                    years.lastYear() + " still goes on: a growth can end with " + finished + " at the latest.",
                    years.lastYear() + " 年尚未结束，增长率的结束年度不晚于 " + finished + " 年。");
        }
    }
}
