package org.voyage.indicators.indicator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the definition of a figure that is computed from others. */
final class DerivedReader {

    private static final String LIST = "list";
    private static final Set<String> IN_PERCENT = Set.of("share", "change", "growth");

    private final Fields top;
    private final Fields derive;
    private final Others others;

    /** Finds a figure by its code, or says why it cannot be used. */
    interface Others {
        Figure find(String code, Bad bad);
    }

    /** Makes the refusal of the member that is read. */
    interface Bad {
        BadDefinition because(String reason, String reasonZh);
    }

    DerivedReader(Fields top, Others others) {
        this.top = top;
        this.others = others;
        this.derive = top.object("derive");
    }

    Derived read() {
        String kind = derive.text("kind");
        Rule rule = switch (kind) {
            case "share" -> share();
            case "sum" -> new Rule.Sum(sum());
            case "change" ->
                new Rule.Change(
                        operand(derive, "of"), derive.optionalPositive("over").orElse(1));
            case "growth" -> new Rule.Growth(operand(derive, "of"));
            case "over" -> new Rule.Over(operand(derive, "of"), each(), derive.whole("more-than"));
            case "concentration" -> concentration();
            case "median" -> median();
            default ->
                throw derive.bad(
                        "kind",
                        " is \"" + kind + "\"; it must be share, sum, change, growth, over, concentration or median",
                        " 为“" + kind + "”，应为 share、sum、change、growth、over、concentration 或 median");
        };
        derive.nothingElse();
        check(rule);
        Derived derived = new Derived(
                top.slug("code"),
                top.positive("version"),
                Heads.text(top.object("name")),
                Heads.unit(top.object("unit")),
                rule,
                dimensions(rule),
                common(rule.operands().stream().map(Figure::lists).toList()),
                Heads.text(top.object("derivation")));
        boolean percent = IN_PERCENT.contains(kind) || rule instanceof Rule.Top;
        if (percent != derived.unit().code().equals("percent")) {
            throw top.object("unit")
                    .bad(
                            "code",
                            percent ? " must be percent: that is what it is in" : " must not be percent: it is in none",
                            percent ? " 必须是 percent：该指标以百分比表示" : " 不能是 percent：该指标不以百分比表示");
        }
        return derived;
    }

    private Rule share() {
        return new Rule.Share(looked("part"), looked("whole"));
    }

    private Rule.Operand looked(String name) {
        Fields fields = derive.object(name);
        Figure of = operand(fields, "of");
        Map<String, Set<String>> where = new LinkedHashMap<>();
        fields.optionalObject("where").ifPresent(conditions -> {
            for (String dimension : conditions.names()) {
                if (!of.dimensions().contains(dimension)) {
                    throw conditions.bad(dimension, " is no dimension of " + of.code(), " 不是 " + of.code() + " 的维度");
                }
                Set<String> codes = Set.copyOf(conditions.textOrTexts(dimension));
                RecordFields.of(of.records())
                        .ifPresent(known -> known.areCodes(dimension, dimension, codes, conditions));
                where.put(dimension, codes);
            }
        });
        Set<String> all = new HashSet<>(name.equals("whole") ? fields.texts("all") : List.of());
        for (String dimension : all) {
            if (!of.dimensions().contains(dimension) && !dimension.equals(LIST)) {
                throw fields.bad(
                        "all",
                        " names \"" + dimension + "\", which is no dimension of " + of.code(),
                        " 列出了“" + dimension + "”，它不是 " + of.code() + " 的维度");
            }
        }
        fields.nothingElse();
        return new Rule.Operand(of, where, all);
    }

    private List<Figure> sum() {
        List<Figure> of = new ArrayList<>();
        for (String code : derive.texts("of")) {
            of.add(derivable(code, derive, "of"));
        }
        if (of.size() < 2) {
            throw derive.bad("of", " must name at least two figures", " 至少要给出两个指标");
        }
        return of;
    }

    private Rule concentration() {
        Figure of = operand(derive, "of");
        String each = each();
        Optional<String> index = derive.optional("index");
        Optional<Integer> top = derive.optionalPositive("top");
        if (index.isPresent() == top.isPresent()) {
            throw derive.bad("", " needs either index: hhi or top: a number", " 需要 index: hhi 或 top（数字）之一");
        }
        if (index.isPresent() && !index.get().equals("hhi")) {
            throw derive.bad("index", " is \"" + index.get() + "\"; it must be hhi", " 为“" + index.get() + "”，应为 hhi");
        }
        return top.<Rule>map(most -> new Rule.Top(of, each, most)).orElseGet(() -> new Rule.Herfindahl(of, each));
    }

    private Rule median() {
        Rule.Median median = new Rule.Median(operand(derive, "of"), each());
        if (!median.of().isNumber(median.each())) {
            throw derive.bad(
                    "each",
                    " is \"" + median.each() + "\", which holds no numbers",
                    " 为“" + median.each() + "”，该维度不是数值");
        }
        return median;
    }

    private Figure operand(Fields fields, String name) {
        return derivable(fields.text(name), fields, name);
    }

    private Figure derivable(String code, Fields fields, String name) {
        Figure of = others.find(code, (reason, reasonZh) -> fields.bad(name, reason, reasonZh));
        if (of instanceof Derived derived && !derived.isCount()) {
            throw fields.bad(
                    name,
                    " is \"" + of.code() + "\", a " + derived.rule().kind()
                            + ", which has no value where there is nothing: nothing can follow from it",
                    " 为“" + of.code() + "”（" + derived.rule().kind() + "），没有数据时它没有值，不能再由它派生");
        }
        return of;
    }

    private String each() {
        String each = derive.text("each");
        Figure of = operand(derive, "of");
        if (!of.dimensions().contains(each)) {
            throw derive.bad(
                    "each",
                    " is \"" + each + "\", which is no dimension of " + of.code(),
                    " 为“" + each + "”，它不是 " + of.code() + " 的维度");
        }
        return each;
    }

    private void check(Rule rule) {
        List<Figure> operands = rule.operands();
        for (Figure operand : operands) {
            if (operand.isStock() != operands.getFirst().isStock()) {
                throw derive.bad(
                        "",
                        " puts a stock and a flow together: " + operand.code() + " and "
                                + operands.getFirst().code(),
                        " 把存量指标和流量指标放在一起：" + operand.code() + " 和 "
                                + operands.getFirst().code());
            }
        }
    }

    private static List<String> dimensions(Rule rule) {
        List<String> common = new ArrayList<>(
                common(rule.operands().stream().map(Figure::dimensions).toList()));
        switch (rule) {
            case Rule.Share share -> {
                common.removeAll(share.part().where().keySet());
                common.removeAll(share.whole().where().keySet());
            }
            case Rule.OfEach ofEach -> common.remove(ofEach.each());
            case Rule.Sum _, Rule.Change _, Rule.Growth _ -> {}
        }
        return common;
    }

    private static List<String> common(List<List<String>> all) {
        List<String> common = new ArrayList<>(all.getFirst());
        all.forEach(common::retainAll);
        return common;
    }
}
