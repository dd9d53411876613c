package org.voyage.indicators.definition;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Strict parser of the definition of a counted figure: it refuses all unknown input. */
final class CountedFigureParser {

    /** Every figure has these parameters. */
    private static final Set<String> RESERVED_NAMES = Set.of("year", "list", "period", "by", "asOf", "receipt");

    /** Region and sub-region follow from the country; provinces and colleges are for the administration only. */
    private static final Set<String> UNRELEASED_DIMENSIONS = Set.of("province", "college", "region", "subRegion");

    private static final int MAX_ADDED_YEARS = 100;

    /** Fields that no record itself has. */
    private static final Set<String> UNCOUNTABLE_FIELDS = Set.of("province", "region", "subRegion");

    /**
     * Old name of {@code period.date}. It is still read. Readers of YAML 1.1 take it for the truth value, so new
     * definitions do not use it.
     */
    static final String OLD_DATE_MEMBER = "on";

    private final YamlObjectReader root;

    CountedFigureParser(YamlObjectReader top) {
        this.root = top;
    }

    CountedFigure parse() {
        CountedFigure figure = new CountedFigure(
                root.requireSlug("code"),
                root.requirePositive("version"),
                DefinitionHeader.parseText(root.requireObject("name")),
                DefinitionHeader.parseUnit(root.requireObject("unit")),
                root.requireSlug("record"),
                parseMeasure(root.requireObject("measure")),
                parsePeriod(root.requireObject("period")),
                parseConditions("where"),
                parseConditions("except"),
                parseJoin(),
                parseMultiValued(),
                parseNumbers(),
                root.requireTexts("dimensions"),
                root.requireTexts("lists"),
                parsePublicAccess(),
                DefinitionHeader.parseText(root.requireObject("derivation")));
        requireConsistent(figure);
        return figure;
    }

    private static Measure parseMeasure(YamlObjectReader fields) {
        String kind = fields.requireText("kind");
        Measure measure = switch (kind) {
            case "count" -> new Measure.CountMeasure();
            case "sum" -> new Measure.SumMeasure(fields.requireTextOrTexts("of"));
            case "distinct" -> new Measure.DistinctMeasure(fields.requireText("of"));
            default ->
                throw fields.invalid(
                        "kind",
                        " is \"" + kind + "\"; it must be count, sum or distinct",
                        " 为“" + kind + "”，应为 count、sum 或 distinct");
        };
        fields.requireNothingElse();
        return measure;
    }

    private static PeriodRule parsePeriod(YamlObjectReader fields) {
        String kind = fields.requireText("kind");
        PeriodRule period = switch (kind) {
            case "stock" ->
                new PeriodRule.StockPeriodRule(
                        parseStarts(fields),
                        fields.readOneOrMore(
                                "until", CountedFigureParser::parseDatePath, CountedFigureParser::parseBoundary));
            case "flow" -> parseFlow(fields);
            default ->
                throw fields.invalid(
                        "kind", " is \"" + kind + "\"; it must be stock or flow", " 为“" + kind + "”，应为 stock 或 flow");
        };
        fields.requireNothingElse();
        return period;
    }

    private static List<PeriodBoundary> parseStarts(YamlObjectReader fields) {
        List<PeriodBoundary> starts =
                fields.readOneOrMore("from", CountedFigureParser::parseDatePath, CountedFigureParser::parseBoundary);
        if (starts.isEmpty()) {
            throw fields.invalid("from", " is missing", " 缺失");
        }
        if (starts.stream().allMatch(PeriodBoundary::isJoined)) {
            throw fields.invalid("from", " must name a field of the record itself", " 至少要给出记录自身的一个字段");
        }
        return starts;
    }

    /** Parses a date, or a date of a joined record as in {@code school.openedOn}. */
    private static PeriodBoundary parseDatePath(String path) {
        return createBoundary(path, false, 0);
    }

    private static PeriodBoundary parseBoundary(YamlObjectReader fields) {
        Optional<String> year = fields.findText("year");
        Optional<String> date = fields.findText("date");
        if (year.isPresent() == date.isPresent()) {
            throw fields.invalid("", " needs either a year or a date", " 需要 year 或 date 之一");
        }
        int added = fields.findPositive("plus-years").orElse(0);
        if (added > MAX_ADDED_YEARS) {
            throw fields.invalid("plus-years", " must be at most " + MAX_ADDED_YEARS, " 不得大于 " + MAX_ADDED_YEARS);
        }
        fields.requireNothingElse();
        return createBoundary(year.or(() -> date).orElseThrow(), year.isPresent(), added);
    }

    private static PeriodBoundary createBoundary(String path, boolean isYear, int addedYears) {
        int dot = path.indexOf('.');
        return new PeriodBoundary(dot < 0 ? "" : path.substring(0, dot), path.substring(dot + 1), isYear, addedYears);
    }

    private static PeriodRule parseFlow(YamlObjectReader fields) {
        Optional<String> year = fields.findText("year");
        Optional<String> date = fields.findText("date");
        Optional<String> on = fields.findText(OLD_DATE_MEMBER);
        if (Stream.of(year, date, on).filter(Optional::isPresent).count() != 1) {
            throw fields.invalid(
                    "kind",
                    " is flow, which needs either period.year or period.date",
                    " 为 flow，需要 period.year 或 period.date 之一");
        }
        return year.<PeriodRule>map(PeriodRule.YearFlowPeriodRule::new)
                .orElseGet(() ->
                        new PeriodRule.DateFlowPeriodRule(date.or(() -> on).orElseThrow()));
    }

    private Map<String, Set<String>> parseConditions(String name) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        root.findObject(name).ifPresent(fields -> {
            for (String field : fields.memberNames()) {
                values.put(field, Set.copyOf(fields.requireTextOrTexts(field)));
            }
        });
        return values;
    }

    private Map<String, String> parseJoin() {
        Map<String, String> join = new LinkedHashMap<>();
        root.findObject("join").ifPresent(fields -> {
            for (String field : fields.memberNames()) {
                join.put(field, fields.requireSlug(field));
            }
        });
        return join;
    }

    private Optional<MultiValuedDimension> parseMultiValued() {
        return root.findObject("each").map(fields -> {
            if (fields.memberNames().size() != 1) {
                throw fields.invalid("", " must name one dimension", " 必须且只能给出一个维度");
            }
            String dimension = fields.memberNames().getFirst();
            return MultiValuedDimension.parse(dimension, fields.requireText(dimension));
        });
    }

    private Map<String, List<String>> parseNumbers() {
        Map<String, List<String>> numbers = new LinkedHashMap<>();
        root.findObject("numbers").ifPresent(fields -> {
            for (String dimension : fields.memberNames()) {
                List<String> of = fields.requireTextOrTexts(dimension);
                if (of.size() > 2) {
                    throw fields.invalid(
                            dimension,
                            " must be a number field, or the first and the last day of a time",
                            " 应为一个数值字段，或一段时间的首日和末日");
                }
                numbers.put(dimension, of);
            }
        });
        return numbers;
    }

    private PublicAccess parsePublicAccess() {
        return root.findObject("outside")
                .map(CountedFigureParser::parsePublicAccess)
                .orElseGet(PublicAccess.ClosedAccess::new);
    }

    private static PublicAccess parsePublicAccess(YamlObjectReader fields) {
        String kind = fields.requireText("kind");
        PublicAccess outside = switch (kind) {
            case "open" -> new PublicAccess.OpenAccess();
            case "released" -> new PublicAccess.ReleasedAccess(fields.requireTextOrTexts("by"));
            default ->
                throw fields.invalid(
                        "kind",
                        " is \"" + kind + "\"; it must be open or released",
                        " 为“" + kind + "”，应为 open 或 released");
        };
        fields.requireNothingElse();
        return outside;
    }

    private void requireConsistent(CountedFigure figure) {
        requireKnownNames(figure);
        FieldUsageValidator.validate(figure, root);
    }

    private void requireKnownNames(CountedFigure figure) {
        Set<String> seen = new HashSet<>();
        for (String member : List.of("dimensions", "lists")) {
            for (String name : member.equals("lists") ? figure.lists() : figure.dimensions()) {
                if (!seen.add(name)) {
                    throw root.invalid(member, " names \"" + name + "\" twice", " 重复列出“" + name + "”");
                }
                if (RESERVED_NAMES.contains(name)) {
                    throw root.invalid(
                            member, " names \"" + name + "\", which every figure has", " 列出了“" + name + "”，而每个指标都有它");
                }
            }
        }
        if (figure.joins().containsValue(figure.record())) {
            throw root.invalid("join", " leads back to the record itself", " 又指回该记录本身");
        }
        figure.multiValued().ifPresent(each -> {
            requireDimension("each", each.dimension(), figure);
            requireNoCondition("each", each.dimension(), figure);
        });
        requireDistinctField(figure);
        if (figure.multiValued().isPresent() && figure.measure() instanceof Measure.SumMeasure) {
            throw root.invalid(
                    "each",
                    " would add the sum once for each element; count, or count distinct",
                    " 会使总和按每个元素重复相加，请改用 count 或 distinct");
        }
        if (figure.publicAccess() instanceof PublicAccess.ReleasedAccess released) {
            requireReleasable(figure, released);
        }
        for (String dimension : figure.numbers().keySet()) {
            requireDimension("numbers", dimension, figure);
            requireNoCondition("numbers", dimension, figure);
        }
    }

    private void requireNoCondition(String member, String dimension, CountedFigure figure) {
        if (figure.includedCodes().containsKey(dimension)
                || figure.excludedCodes().containsKey(dimension)) {
            throw root.invalid(
                    member,
                    " names \"" + dimension + "\", which takes no condition here",
                    " 列出了“" + dimension + "”，此维度在此处不能设条件");
        }
    }

    private void requireDistinctField(CountedFigure figure) {
        if (figure.measure() instanceof Measure.DistinctMeasure distinct
                && (UNCOUNTABLE_FIELDS.contains(distinct.field()) || figure.isNumeric(distinct.field()))) {
            throw root.invalid(
                    "measure.of",
                    " is \"" + distinct.field()
                            + "\", which is not counted distinct: name a field of the record, such as its"
                            + " country or its college",
                    " 为“" + distinct.field() + "”，不能去重计数，请改用记录的字段，如国家或院校");
        }
    }

    /** Throws if the figure cannot be released. Cell suppression protects additive values only. */
    private void requireReleasable(CountedFigure figure, PublicAccess.ReleasedAccess released) {
        if (!figure.isAdditive() || figure.multiValued().isPresent()) {
            throw root.invalid(
                    "outside.kind",
                    " is released, which takes a count or a sum that counts no person twice",
                    " 为 released，只适用于不重复计人的 count 或 sum");
        }
        if (!figure.joins().isEmpty() && released.tableDimensions().size() > 1) {
            // Open figures of the joined record show which of its codes occur together: one table would reveal another.
            throw root.invalid(
                    "outside.by",
                    " must name one dimension only, for the figure takes them from a joined record",
                    " 只能给出一个维度，因为该指标从关联记录取得维度");
        }
        for (String dimension : released.tableDimensions()) {
            requireDimension("outside.by", dimension, figure);
            if (UNRELEASED_DIMENSIONS.contains(dimension) || figure.isNumeric(dimension)) {
                throw root.invalid(
                        "outside.by",
                        " names \"" + dimension + "\", by which nothing is released",
                        " 列出了“" + dimension + "”，不按此维度发布");
            }
        }
    }

    private void requireDimension(String member, String name, CountedFigure figure) {
        if (!figure.dimensions().contains(name)) {
            throw root.invalid(member + "." + name, " is not among the dimensions", " 不在 dimensions 之中");
        }
    }
}
