package org.voyage.indicators.indicator;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the definition of a figure that is counted, strictly: what it does not understand it refuses. */
final class IndicatorReader {

    /** Every figure has them. */
    private static final Set<String> RESERVED = Set.of("year", "list", "period", "by", "asOf", "receipt");

    /** What follows from the country comes with it; provinces and colleges are for the administration. */
    private static final Set<String> NOT_RELEASED = Set.of("province", "college", "region", "subRegion");

    /** What no record has itself. */
    private static final Set<String> NOT_DISTINCT = Set.of("province", "region", "subRegion");

    private final Fields top;

    IndicatorReader(Fields top) {
        this.top = top;
    }

    Indicator read() {
        Indicator indicator = new Indicator(
                top.slug("code"),
                top.positive("version"),
                Heads.text(top.object("name")),
                Heads.unit(top.object("unit")),
                top.slug("record"),
                measure(top.object("measure")),
                period(top.object("period")),
                values("where"),
                values("except"),
                join(),
                each(),
                numbers(),
                top.texts("dimensions"),
                top.texts("lists"),
                outside(),
                Heads.text(top.object("derivation")));
        check(indicator);
        return indicator;
    }

    private static Measure measure(Fields fields) {
        String kind = fields.text("kind");
        Measure measure = switch (kind) {
            case "count" -> new Measure.Count();
            case "sum" -> new Measure.Sum(fields.textOrTexts("of"));
            case "distinct" -> new Measure.Distinct(fields.text("of"));
            default ->
                throw fields.bad(
                        "kind",
                        " is \"" + kind + "\"; it must be count, sum or distinct",
                        " 为“" + kind + "”，应为 count、sum 或 distinct");
        };
        fields.nothingElse();
        return measure;
    }

    private static PeriodRule period(Fields fields) {
        String kind = fields.text("kind");
        PeriodRule period = switch (kind) {
            case "stock" -> new PeriodRule.Stock(fields.text("from"), fields.anyTexts("until"));
            case "flow" -> flow(fields);
            default ->
                throw fields.bad(
                        "kind", " is \"" + kind + "\"; it must be stock or flow", " 为“" + kind + "”，应为 stock 或 flow");
        };
        fields.nothingElse();
        return period;
    }

    private static PeriodRule flow(Fields fields) {
        Optional<String> year = fields.optional("year");
        Optional<String> on = fields.optional("on");
        if (year.isPresent() == on.isPresent()) {
            throw fields.bad(
                    "kind",
                    " is flow, which needs either period.year or period.on",
                    " 为 flow，需要 period.year 或 period.on 之一");
        }
        return year.<PeriodRule>map(PeriodRule.FlowOfYear::new)
                .orElseGet(() -> new PeriodRule.FlowOnDate(on.orElseThrow()));
    }

    private Map<String, Set<String>> values(String name) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        top.optionalObject(name).ifPresent(fields -> {
            for (String field : fields.names()) {
                values.put(field, Set.copyOf(fields.textOrTexts(field)));
            }
        });
        return values;
    }

    private Map<String, String> join() {
        Map<String, String> join = new LinkedHashMap<>();
        top.optionalObject("join").ifPresent(fields -> {
            for (String field : fields.names()) {
                join.put(field, fields.slug(field));
            }
        });
        return join;
    }

    private Optional<Each> each() {
        return top.optionalObject("each").map(fields -> {
            if (fields.names().size() != 1) {
                throw fields.bad("", " must name one dimension", " 必须且只能给出一个维度");
            }
            String dimension = fields.names().getFirst();
            return Each.of(dimension, fields.text(dimension));
        });
    }

    private Map<String, List<String>> numbers() {
        Map<String, List<String>> numbers = new LinkedHashMap<>();
        top.optionalObject("numbers").ifPresent(fields -> {
            for (String dimension : fields.names()) {
                List<String> of = fields.textOrTexts(dimension);
                if (of.size() > 2) {
                    throw fields.bad(
                            dimension,
                            " must be a number field, or the first and the last day of a time",
                            " 应为一个数值字段，或一段时间的首日和末日");
                }
                numbers.put(dimension, of);
            }
        });
        return numbers;
    }

    private Outside outside() {
        return top.optionalObject("outside").map(IndicatorReader::outside).orElseGet(Outside.Closed::new);
    }

    private static Outside outside(Fields fields) {
        String kind = fields.text("kind");
        Outside outside = switch (kind) {
            case "open" -> new Outside.Open();
            case "released" -> new Outside.Released(fields.textOrTexts("by"));
            default ->
                throw fields.bad(
                        "kind",
                        " is \"" + kind + "\"; it must be open or released",
                        " 为“" + kind + "”，应为 open 或 released");
        };
        fields.nothingElse();
        return outside;
    }

    private void check(Indicator indicator) {
        checkNames(indicator);
        FieldUses.check(indicator, top);
    }

    private void checkNames(Indicator indicator) {
        Set<String> seen = new HashSet<>();
        for (String member : List.of("dimensions", "lists")) {
            for (String name : member.equals("lists") ? indicator.lists() : indicator.dimensions()) {
                if (!seen.add(name)) {
                    throw top.bad(member, " names \"" + name + "\" twice", " 重复列出“" + name + "”");
                }
                if (RESERVED.contains(name)) {
                    throw top.bad(
                            member, " names \"" + name + "\", which every figure has", " 列出了“" + name + "”，而每个指标都有它");
                }
            }
        }
        if (indicator.join().containsValue(indicator.record())) {
            throw top.bad("join", " leads back to the record itself", " 又指回该记录本身");
        }
        indicator.each().ifPresent(each -> {
            isDimension("each", each.dimension(), indicator);
            takesNoCondition("each", each.dimension(), indicator);
        });
        checkDistinct(indicator);
        if (indicator.each().isPresent() && indicator.measure() instanceof Measure.Sum) {
            throw top.bad(
                    "each",
                    " would add the sum once for each element; count, or count distinct",
                    " 会使总和按每个元素重复相加，请改用 count 或 distinct");
        }
        if (indicator.outside() instanceof Outside.Released released) {
            checkReleased(indicator, released);
        }
        for (String dimension : indicator.numbers().keySet()) {
            isDimension("numbers", dimension, indicator);
            takesNoCondition("numbers", dimension, indicator);
        }
    }

    private void takesNoCondition(String member, String dimension, Indicator indicator) {
        if (indicator.where().containsKey(dimension) || indicator.except().containsKey(dimension)) {
            throw top.bad(
                    member,
                    " names \"" + dimension + "\", which takes no condition here",
                    " 列出了“" + dimension + "”，此维度在此处不能设条件");
        }
    }

    private void checkDistinct(Indicator indicator) {
        if (indicator.measure() instanceof Measure.Distinct distinct
                && (NOT_DISTINCT.contains(distinct.of()) || indicator.isNumber(distinct.of()))) {
            throw top.bad(
                    "measure.of",
                    " is \"" + distinct.of()
                            + "\", which is not counted distinct: name a field of the record, such as its"
                            + " country or its college",
                    " 为“" + distinct.of() + "”，不能去重计数，请改用记录的字段，如国家或院校");
        }
    }

    /** What is released is protected by what adds up. */
    private void checkReleased(Indicator indicator, Outside.Released released) {
        if (!indicator.addsUp() || indicator.each().isPresent()) {
            throw top.bad(
                    "outside.kind",
                    " is released, which takes a count or a sum that counts nobody twice",
                    " 为 released，只适用于不重复计人的 count 或 sum");
        }
        if (!indicator.join().isEmpty() && released.tables().size() > 1) {
            // Open figures of the joined record say which of its codes go together: one table would tell of another.
            throw top.bad(
                    "outside.by",
                    " must name one dimension only, for the figure takes them from a joined record",
                    " 只能给出一个维度，因为该指标从关联记录取得维度");
        }
        for (String dimension : released.tables()) {
            isDimension("outside.by", dimension, indicator);
            if (NOT_RELEASED.contains(dimension) || indicator.isNumber(dimension)) {
                throw top.bad(
                        "outside.by",
                        " names \"" + dimension + "\", by which nothing is released",
                        " 列出了“" + dimension + "”，不按此维度发布");
            }
        }
    }

    private void isDimension(String member, String name, Indicator indicator) {
        if (!indicator.dimensions().contains(name)) {
            throw top.bad(member + "." + name, " is not among the dimensions", " 不在 dimensions 之中");
        }
    }
}
