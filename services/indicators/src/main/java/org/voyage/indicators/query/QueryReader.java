package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.reference.CodeList;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.problem.Refusal;

/** Reads a question strictly: whatever it does not understand it refuses, with what was probably meant. */
@ApplicationScoped
public class QueryReader {

    private static final String LIST = "list";
    private static final String LIST_PREFIX = "list:";

    private final Reference reference;
    private final Clock clock;

    QueryReader(Reference reference, Clock clock) {
        this.reference = reference;
        this.clock = clock;
    }

    /**
     * @param also parameters that the caller itself reads
     * @throws Refusal.Malformed when something is not understood
     */
    public FigureQuery read(Figure indicator, Map<String, List<String>> parameters, Set<String> also) {
        return read(indicator, parameters, also, LocalDate.now(clock));
    }

    /** As {@link #read(Figure, Map, Set)}, by somebody who stands on a day. */
    public FigureQuery read(Figure indicator, Map<String, List<String>> parameters, Set<String> also, LocalDate today) {
        Set<String> known = parameters(indicator);
        known.addAll(also);
        Map<String, Set<String>> filters = new LinkedHashMap<>();
        parameters.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw Wrong.parameter(name, known);
            }
            if (indicator.dimensions().contains(name) && !also.contains(name)) {
                filters.put(name, codes(indicator, name, values));
            }
        });
        List<By> by = by(indicator, also.contains("by") ? List.of() : parameters.getOrDefault("by", List.of()));
        List<ListMoment> lists = new ArrayList<>();
        for (String text : split(LIST, parameters.getOrDefault(LIST, List.of()))) {
            boolean members = !text.startsWith(ListMoment.NOT);
            lists.add(list(indicator, LIST, members ? text : text.substring(ListMoment.NOT.length()))
                    .of(members));
        }
        checkLists(lists);
        Period period = period(parameters.getOrDefault("period", List.of()), today);
        FigureQuery query = new FigureQuery(indicator, by, filters, lists, period);
        check(query, today);
        return query;
    }

    /** What a question about a figure may have. */
    public static Set<String> parameters(Figure indicator) {
        Set<String> known = new TreeSet<>(indicator.dimensions());
        known.addAll(List.of("by", "period"));
        if (!indicator.lists().isEmpty()) {
            known.add(LIST);
        }
        return known;
    }

    /** Reads one breakdown: what an answer is split by. */
    public List<By> by(Figure indicator, List<String> values) {
        List<By> by = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : split("by", values)) {
            if (!seen.add(name)) {
                throw Wrong.of(
                        "by",
                        "repeated",
                        "It names \"" + Wrong.shown(name) + "\" twice.",
                        "重复的维度“" + Wrong.shown(name) + "”。");
            }
            if (name.equals("year")) {
                by.add(new By.Year());
            } else if (indicator.dimensions().contains(name)) {
                by.add(new By.Dimension(name));
            } else if (name.startsWith(LIST_PREFIX)) {
                by.add(new By.Membership(list(indicator, "by", name.substring(LIST_PREFIX.length()))));
            } else {
                List<String> known = new ArrayList<>(indicator.dimensions());
                known.add("year");
                indicator
                        .lists()
                        .forEach(list -> known.addAll(List.of("list:" + list + "@then", "list:" + list + "@now")));
                throw Wrong.dimension("by", name, known);
            }
        }
        return by;
    }

    private Set<String> codes(Figure indicator, String dimension, List<String> values) {
        Set<String> codes = new LinkedHashSet<>(split(dimension, values));
        if (indicator.isNumber(dimension)) {
            codes.forEach(code -> NumberRange.read(dimension, code));
            return codes;
        }
        CodeList list = reference.codes(indicator.records(), dimension).orElse(null);
        for (String code : codes) {
            if (list != null && !list.contains(code)) {
                throw Wrong.code(dimension, code, list);
            }
        }
        return codes;
    }

    private ListMoment list(Figure indicator, String parameter, String text) {
        int at = text.indexOf('@');
        String code = at < 0 ? text : text.substring(0, at);
        if (!indicator.lists().contains(code) || reference.list(code).isEmpty()) {
            throw Wrong.code(parameter, code, indicator.lists());
        }
        return switch (at < 0 ? "" : text.substring(at)) {
            case "@then" -> new ListMoment(code, true);
            case "@now" -> new ListMoment(code, false);
            default ->
                throw Wrong.of(
                        parameter,
                        "list-moment",
                        "Say as of when: " + code + "@then (members at the time) or " + code + "@now (members today).",
                        "请注明成员口径：" + code + "@then（当时的成员）或 " + code + "@now（当前的成员）。");
        };
    }

    /**
     * A list of countries and one of colleges go together. Of two lists of countries nobody could tell whether a country must
     * be on both or on one of them, as commas mean it of codes.
     */
    private void checkLists(List<ListMoment> lists) {
        for (boolean ofColleges : List.of(true, false)) {
            List<ListMoment> ofOneKind = lists.stream()
                    .filter(moment -> reference
                            .list(moment.list())
                            .filter(list -> list.ofColleges() == ofColleges)
                            .isPresent())
                    .toList();
            if (ofOneKind.size() > 1) {
                ListMoment first = ofOneKind.get(0);
                ListMoment second = ofOneKind.get(1);
                String both = "list=" + first + "&by=list:" + second.of(true);
                throw Wrong.of(
                        LIST,
                        "lists-of-one-kind",
                        "It names two lists of " + (ofColleges ? "colleges" : "countries") + ", " + first + " and "
                                + second + ". Ask for each by itself, or split the one by the other: " + both + ".",
                        "同时给出了两个" + (ofColleges ? "院校" : "国家") + "名单：" + first + " 和 " + second
                                + "。请分别查询，或用其一筛选、按另一个划分：" + both + "。");
            }
        }
    }

    private static List<String> split(String parameter, List<String> values) {
        List<String> parts = new ArrayList<>();
        for (String value : values) {
            for (String part : value.split(",", -1)) {
                if (part.isBlank()) {
                    throw Wrong.of(parameter, "empty", "It has an empty value.", "参数值不能为空。");
                }
                parts.add(part);
            }
        }
        return parts;
    }

    /**
     * Reads the text of a parameter that may be given once.
     *
     * @return null without one
     * @throws Refusal.Malformed when it is given twice
     */
    public static @Nullable String readSingle(String name, Map<String, List<String>> parameters) {
        List<String> texts = parameters.getOrDefault(name, List.of());
        if (texts.size() > 1) {
            throw Wrong.of(name, "repeated", "It may be given once.", "该参数只能出现一次。");
        }
        return texts.isEmpty() ? null : texts.getFirst();
    }

    /** Reads a period, the current one when there is none. */
    public static Period period(List<String> values, LocalDate today) {
        if (values.size() > 1) {
            throw Wrong.of("period", "repeated", "There can be one period.", "只能有一个期间。");
        }
        return values.isEmpty() ? new Period.Current() : PeriodReader.read(values.getFirst(), today);
    }

    private static void check(FigureQuery query, LocalDate today) {
        if (query.period() instanceof Period.Month) {
            if (query.byYear()) {
                throw Wrong.of("period", "month-by-year", "A month cannot be split by year.", "月份不能再按年度划分。");
            }
            if (query.indicator().isKnownByYearOnly()) {
                throw Wrong.of("period", "years-only", "This indicator is known by year only.", "该指标仅有年度数据。");
            }
        }
        Rule rule = query.indicator() instanceof Derived derived ? derived.rule() : null;
        if (rule instanceof Rule.Growth) {
            checkGrowth(query, today);
        } else if (query.period() instanceof Period.Years
                && !query.byYear()
                && (query.indicator().isStock()
                        || query.indicator().isKnownByYearOnly()
                        || rule instanceof Rule.Change)) {
            throw Wrong.of(
                    "period",
                    "stock-over-years",
                    "It has one value per date or year; add by=year.",
                    "该指标在每个时点（年度）只有一个值，请加上 by=year。");
        }
    }

    /** What a year has at its end is not known while it goes on, so no growth leads to it. */
    private static void checkGrowth(FigureQuery query, LocalDate today) {
        if (query.byYear()) {
            throw Wrong.of("by", "growth-by-year", "A growth has one value for all its years.", "增长率针对整个年度区间，不能按年度划分。");
        }
        if (!(query.period() instanceof Period.Years years) || years.first() == years.last()) {
            throw Wrong.of(
                    "period",
                    "growth-over-years",
                    "A growth goes from one year to a later one: period=2015..2019.",
                    "增长率需要起止年度，例如 period=2015..2019。");
        }
        int finished = Period.lastFinished(today);
        if (years.last() > finished) {
            throw Wrong.of(
                    "period",
                    "growth-unfinished",
                    years.last() + " still goes on: a growth can end with " + finished + " at the latest.",
                    years.last() + " 年尚未结束，增长率的结束年度不晚于 " + finished + " 年。");
        }
    }
}
