package org.voyage.indicators.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parser of the definition of a derived figure. */
final class DerivedFigureParser {

    private static final String LIST_DIMENSION = "list";
    private static final String PUBLISHED_MEMBER = "published";
    private static final Set<String> PERCENT_RULES = Set.of("share", "change", "growth");

    private final YamlObjectReader root;
    private final YamlObjectReader derive;
    private final FigureLookup figures;

    /** Lookup of a figure by its code; it throws if the figure is invalid. */
    interface FigureLookup {
        Figure findFigure(String code, DefinitionErrorFactory bad);
    }

    /** Factory of the refusal of the current member. */
    interface DefinitionErrorFactory {
        InvalidDefinitionException invalid(String reason, String reasonZh);
    }

    DerivedFigureParser(YamlObjectReader top, FigureLookup others) {
        this.root = top;
        this.figures = others;
        this.derive = top.requireObject("derive");
    }

    DerivedFigure parse() {
        String kind = derive.requireText("kind");
        DerivationRule rule = switch (kind) {
            case "share" -> parseShare();
            case "sum" -> new DerivationRule.SumRule(parseSum());
            case "difference" -> parseDifference();
            case "change" ->
                new DerivationRule.ChangeRule(
                        parseFigure(derive, "of"), derive.findPositive("over").orElse(1));
            case "growth" -> new DerivationRule.GrowthRule(parseFigure(derive, "of"));
            case "over" ->
                new DerivationRule.ThresholdCountRule(
                        parseFigure(derive, "of"), parseDimension(), derive.requireNonNegative("more-than"));
            case "concentration" -> parseConcentration();
            case "median" -> parseMedian();
            default ->
                throw derive.invalid(
                        "kind",
                        " is \"" + kind
                                + "\"; it must be share, sum, difference, change, growth, over, concentration or median",
                        " 为“" + kind + "”，应为 share、sum、difference、change、growth、over、concentration 或 median");
        };
        derive.requireNothingElse();
        requireDerivableRule(rule);
        DerivedFigure derived = new DerivedFigure(
                root.requireSlug("code"),
                root.requirePositive("version"),
                DefinitionHeader.parseText(root.requireObject("name")),
                DefinitionHeader.parseUnit(root.requireObject("unit")),
                rule,
                commonDimensions(rule),
                intersection(rule.operands().stream().map(Figure::lists).toList()),
                DefinitionHeader.parseText(root.requireObject("derivation")));
        boolean percent = PERCENT_RULES.contains(kind) || rule instanceof DerivationRule.TopShareRule;
        if (percent != derived.unit().code().equals("percent")) {
            throw root.requireObject("unit")
                    .invalid(
                            "code",
                            percent ? " must be percent: that is what it is in" : " must not be percent: it is in none",
                            percent ? " 必须是 percent：该指标以百分比表示" : " 不能是 percent：该指标不以百分比表示");
        }
        return derived;
    }

    private DerivationRule parseShare() {
        DerivationRule.ShareOperand part = parseOperand("part");
        YamlObjectReader whole = derive.requireObject("whole");
        if (!whole.hasMember(PUBLISHED_MEMBER)) {
            return new DerivationRule.ShareRule(part, parseOperand("whole"));
        }
        String series = whole.requireSlug(PUBLISHED_MEMBER);
        whole.requireNothingElse();
        return new DerivationRule.PublishedShareRule(part, series);
    }

    private DerivationRule.ShareOperand parseOperand(String name) {
        YamlObjectReader fields = derive.requireObject(name);
        Figure of = parseFigure(fields, "of");
        Map<String, Set<String>> where = new LinkedHashMap<>();
        fields.findObject("where").ifPresent(conditions -> {
            for (String dimension : conditions.memberNames()) {
                if (!of.dimensions().contains(dimension)) {
                    throw conditions.invalid(
                            dimension, " is no dimension of " + of.code(), " 不是 " + of.code() + " 的维度");
                }
                Set<String> codes = Set.copyOf(conditions.requireTextOrTexts(dimension));
                RecordFields.of(of.records())
                        .ifPresent(known -> known.requireKnownCodes(dimension, dimension, codes, conditions));
                where.put(dimension, codes);
            }
        });
        Set<String> all = new HashSet<>(name.equals("whole") ? fields.requireTexts("all") : List.of());
        for (String dimension : all) {
            if (!of.dimensions().contains(dimension) && !dimension.equals(LIST_DIMENSION)) {
                throw fields.invalid(
                        "all",
                        " names \"" + dimension + "\", which is no dimension of " + of.code(),
                        " 列出了“" + dimension + "”，它不是 " + of.code() + " 的维度");
            }
        }
        fields.requireNothingElse();
        return new DerivationRule.ShareOperand(of, where, all);
    }

    private DerivationRule parseDifference() {
        Figure minuend = parseFigure(derive, "of");
        DerivationRule.ShareOperand subtrahend = parseOperand("minus");
        Figure reported = parseFigure(derive, "reported");
        if (reported instanceof CountedFigure counted && counted.isKnownByYearOnly()) {
            for (Figure operand : List.of(minuend, subtrahend.figure(), reported)) {
                if (!operand.dimensions().contains(DerivationRule.DifferenceRule.REPORTER_DIMENSION)) {
                    throw derive.invalid(
                            "",
                            " needs the dimension province, which " + operand.code() + " has not",
                            " 需要维度 province，而 " + operand.code() + " 没有该维度");
                }
            }
            return new DerivationRule.DifferenceRule(minuend, subtrahend, counted);
        }
        throw derive.invalid(
                "reported",
                " is \"" + reported.code() + "\"; it must be a counted figure that is known by year only",
                " 为“" + reported.code() + "”，应为仅有年度数据的计数指标");
    }

    private List<Figure> parseSum() {
        List<Figure> of = new ArrayList<>();
        for (String code : derive.requireTexts("of")) {
            of.add(requireDerivable(code, derive, "of"));
        }
        if (of.size() < 2) {
            throw derive.invalid("of", " must name at least two figures", " 至少要给出两个指标");
        }
        return of;
    }

    private DerivationRule parseConcentration() {
        Figure of = parseFigure(derive, "of");
        String each = parseDimension();
        Optional<String> index = derive.findText("index");
        Optional<Integer> top = derive.findPositive("top");
        if (index.isPresent() == top.isPresent()) {
            throw derive.invalid("", " needs either index: hhi or top: a number", " 需要 index: hhi 或 top（数字）之一");
        }
        if (index.isPresent() && !index.get().equals("hhi")) {
            throw derive.invalid(
                    "index", " is \"" + index.get() + "\"; it must be hhi", " 为“" + index.get() + "”，应为 hhi");
        }
        return top.<DerivationRule>map(most -> new DerivationRule.TopShareRule(of, each, most))
                .orElseGet(() -> new DerivationRule.HerfindahlRule(of, each));
    }

    private DerivationRule parseMedian() {
        DerivationRule.MedianRule median = new DerivationRule.MedianRule(parseFigure(derive, "of"), parseDimension());
        if (!median.figure().isNumeric(median.dimension())) {
            throw derive.invalid(
                    "each",
                    " is \"" + median.dimension() + "\", which holds no numbers",
                    " 为“" + median.dimension() + "”，该维度不是数值");
        }
        return median;
    }

    private Figure parseFigure(YamlObjectReader fields, String name) {
        return requireDerivable(fields.requireText(name), fields, name);
    }

    private Figure requireDerivable(String code, YamlObjectReader fields, String name) {
        Figure of = figures.findFigure(code, (reason, reasonZh) -> fields.invalid(name, reason, reasonZh));
        if (of instanceof DerivedFigure derived && !derived.isCount()) {
            throw fields.invalid(
                    name,
                    " is \"" + of.code() + "\", a " + derived.rule().kind()
                            + ", which has no value where there is nothing: nothing can follow from it",
                    " 为“" + of.code() + "”（" + derived.rule().kind() + "），没有数据时它没有值，不能再由它派生");
        }
        return of;
    }

    private String parseDimension() {
        String each = derive.requireText("each");
        Figure of = parseFigure(derive, "of");
        if (!of.dimensions().contains(each)) {
            throw derive.invalid(
                    "each",
                    " is \"" + each + "\", which is no dimension of " + of.code(),
                    " 为“" + each + "”，它不是 " + of.code() + " 的维度");
        }
        return each;
    }

    private void requireDerivableRule(DerivationRule rule) {
        List<Figure> operands = rule instanceof DerivationRule.DifferenceRule difference
                ? List.of(difference.minuend(), difference.subtrahend().figure())
                : rule.operands();
        for (Figure operand : operands) {
            if (operand.isStock() != operands.getFirst().isStock()) {
                throw derive.invalid(
                        "",
                        " puts a stock and a flow together: " + operand.code() + " and "
                                + operands.getFirst().code(),
                        " 把存量指标和流量指标放在一起：" + operand.code() + " 和 "
                                + operands.getFirst().code());
            }
        }
    }

    private static List<String> commonDimensions(DerivationRule rule) {
        List<String> common = new ArrayList<>(
                intersection(rule.operands().stream().map(Figure::dimensions).toList()));
        switch (rule) {
            case DerivationRule.ShareRule share -> {
                common.removeAll(share.part().includedCodes().keySet());
                common.removeAll(share.whole().includedCodes().keySet());
            }
            case DerivationRule.PublishedShareRule share ->
                common.removeAll(share.part().includedCodes().keySet());
            case DerivationRule.DifferenceRule difference ->
                common.removeAll(difference.subtrahend().includedCodes().keySet());
            case DerivationRule.PerCodeRule ofEach -> common.remove(ofEach.dimension());
            case DerivationRule.SumRule _, DerivationRule.ChangeRule _, DerivationRule.GrowthRule _ -> {}
        }
        return common;
    }

    private static List<String> intersection(List<List<String>> all) {
        List<String> common = new ArrayList<>(all.getFirst());
        all.forEach(common::retainAll);
        return common;
    }
}
