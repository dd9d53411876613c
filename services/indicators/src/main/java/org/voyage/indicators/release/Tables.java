package org.voyage.indicators.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Outside;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.reference.CodeList;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.Reference;

/**
 * By what the figures of persons are released. The service does not start when a dimension has no list of codes, when
 * outside would see two figures of the same persons, or when a figure of persons is open.
 */
public final class Tables {

    /**
     * What figures may be open about. A record that is not among them is one of persons: even how many countries or colleges
     * it has says whether there is anybody at all.
     */
    private static final Set<String> WITHOUT_PERSONS = Set.of(
            "cooperative-institution",
            "cooperative-programme",
            "overseas-school",
            "standard",
            "recognition",
            "credential-recognition");

    private final Geography geography;
    private final Map<String, Map<String, Halves>> byFigure = new TreeMap<>();
    private final Map<String, Indicator> figures = new TreeMap<>();

    /** @throws BadDefinition when readers outside would see what they must not, or a table cannot be made */
    public Tables(Catalogue catalogue, Reference reference) {
        this.geography = reference.geography();
        Map<String, String> persons = new TreeMap<>();
        for (Indicator figure : catalogue.all()) {
            if (figure.outside() instanceof Outside.Released released) {
                alone(figure, persons.put(figure.record(), figure.code()));
                Map<String, Halves> tables = new LinkedHashMap<>();
                for (String dimension : released.tables()) {
                    CodeList codes = reference
                            .codes(figure.records(), dimension)
                            .orElseThrow(() -> new BadDefinition(
                                    figure,
                                    "outside.by",
                                    "outside.by: " + dimension + " has no list of codes",
                                    "outside.by：" + dimension + " 没有代码表"));
                    tables.put(dimension, halves(figure, dimension, codes));
                }
                byFigure.put(figure.code(), tables);
                figures.put(figure.code(), figure);
            }
        }
        catalogue.all().forEach(Tables::withoutPersons);
    }

    private static void withoutPersons(Indicator figure) {
        if (figure.outside() instanceof Outside.Open) {
            figure.records().stream()
                    .filter(record -> !WITHOUT_PERSONS.contains(record))
                    .findFirst()
                    .ifPresent(record -> {
                        throw new BadDefinition(
                                figure,
                                "outside.kind",
                                "outside.kind is open, and " + record + " is a record of persons: such a figure is"
                                        + " released, or closed",
                                "outside.kind 为 open，而 " + record + " 是人员记录：此类指标只能为 released，或不对外公开");
                    });
        }
    }

    /** Two figures of the same persons, each safe by itself, tell by their difference what neither does. */
    private static void alone(Indicator figure, @Nullable String other) {
        if (other != null) {
            throw new BadDefinition(
                    figure,
                    "outside",
                    "outside: of the same persons outside sees " + other + " already",
                    "outside：外部读者已能看到同一批人员的指标 " + other);
        }
    }

    /** The figures that are released. */
    List<Indicator> figures() {
        return List.copyOf(figures.values());
    }

    /** The tables of a figure that is released. */
    Map<String, Halves> of(Indicator figure) {
        return byFigure.getOrDefault(figure.code(), Map.of());
    }

    /** All codes of a table. */
    List<String> codes(Indicator figure, String table) {
        Halves halves = of(figure).get(table);
        return halves == null ? List.of() : halves.codes().toList();
    }

    /** The dimensions that a table knows: its own, and what follows from it. */
    List<String> dimensions(Indicator figure, String table) {
        List<String> known = new ArrayList<>(List.of(table));
        if (hasCountry(figure, table)) {
            figure.dimensions().stream().filter(Geography.DERIVED::contains).forEach(known::add);
        }
        return known;
    }

    /** The table that knows all of these dimensions, and countries if it has to; null when there is none. */
    @Nullable
    String knowing(Indicator figure, Set<String> dimensions, boolean countries) {
        return of(figure).keySet().stream()
                .filter(table -> dimensions(figure, table).containsAll(dimensions))
                .filter(table -> !countries || hasCountry(figure, table))
                .findFirst()
                .orElse(null);
    }

    /** The code of a dimension at a code of the table. */
    String code(String dimension, String code) {
        return Geography.DERIVED.contains(dimension) ? geography.of(dimension, code) : code;
    }

    private boolean hasCountry(Indicator figure, String table) {
        return geography.countryField(figure.dimensions()).filter(table::equals).isPresent();
    }

    private Halves halves(Indicator figure, String dimension, CodeList list) {
        Set<String> codes = new LinkedHashSet<>(list.codes());
        codes.add(Dictionary.ABSENT_TEXT);
        List<Function<String, String>> levels = hasCountry(figure, dimension)
                ? List.of(
                        code -> geography.of(Geography.REGION, code), code -> geography.of(Geography.SUB_REGION, code))
                : List.of();
        return Halves.of(codes, levels);
    }
}
