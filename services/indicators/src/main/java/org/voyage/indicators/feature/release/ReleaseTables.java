package org.voyage.indicators.feature.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.InvalidDefinitionException;
import org.voyage.indicators.definition.PublicAccess;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.reference.CodeList;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.ReferenceData;

/**
 * Tables in which each figure of persons is released. The service does not start in three cases: a dimension has no
 * code list, two released figures count the same persons, or a figure of persons is open.
 */
public final class ReleaseTables {

    /**
     * Records whose figures may be open. All others are about persons: even their number of countries or colleges
     * reveals whether there are any persons.
     */
    private static final Set<String> RECORDS_WITHOUT_PERSONS = Set.of(
            "cooperative-institution",
            "cooperative-programme",
            "overseas-school",
            "standard",
            "recognition",
            "credential-recognition");

    private final Geography geography;
    private final Map<String, Map<String, BinaryCodeTree>> byFigure = new TreeMap<>();
    private final Map<String, CountedFigure> figures = new TreeMap<>();

    /**
     * @throws InvalidDefinitionException when readers outside would see protected numbers, or a table cannot be made
     */
    public ReleaseTables(FigureCatalogue catalogue, ReferenceData reference) {
        this.geography = reference.geography();
        Map<String, String> persons = new TreeMap<>();
        for (CountedFigure figure : catalogue.countedFigures()) {
            if (figure.publicAccess() instanceof PublicAccess.ReleasedAccess released) {
                requireUniquePopulation(figure, persons.put(figure.record(), figure.code()));
                Map<String, BinaryCodeTree> tables = new LinkedHashMap<>();
                for (String dimension : released.tableDimensions()) {
                    CodeList codes = reference
                            .findCodes(figure.records(), dimension)
                            .orElseThrow(() -> new InvalidDefinitionException(
                                    figure,
                                    "outside.by",
                                    "outside.by: " + dimension + " has no list of codes",
                                    "outside.by：" + dimension + " 没有代码表"));
                    tables.put(dimension, buildTree(figure, dimension, codes));
                }
                byFigure.put(figure.code(), tables);
                figures.put(figure.code(), figure);
            }
        }
        catalogue.countedFigures().forEach(ReleaseTables::requireNoPersons);
    }

    private static void requireNoPersons(CountedFigure figure) {
        if (figure.publicAccess() instanceof PublicAccess.OpenAccess) {
            figure.records().stream()
                    .filter(record -> !RECORDS_WITHOUT_PERSONS.contains(record))
                    .findFirst()
                    .ifPresent(record -> {
                        throw new InvalidDefinitionException(
                                figure,
                                "outside.kind",
                                "outside.kind is open, and " + record + " is a record of persons: such a figure is"
                                        + " released, or closed",
                                "outside.kind 为 open，而 " + record + " 是人员记录：此类指标只能为 released，或不对外公开");
                    });
        }
    }

    /**
     * Requires that no other released figure counts the same persons, because their difference could reveal small
     * numbers.
     */
    private static void requireUniquePopulation(CountedFigure figure, @Nullable String other) {
        if (other != null) {
            throw new InvalidDefinitionException(
                    figure,
                    "outside",
                    "outside: of the same persons outside sees " + other + " already",
                    "outside：外部读者已能看到同一批人员的指标 " + other);
        }
    }

    /** Returns the released figures. */
    List<CountedFigure> figures() {
        return List.copyOf(figures.values());
    }

    /** Returns the tables of a released figure. */
    Map<String, BinaryCodeTree> tablesOf(CountedFigure figure) {
        return byFigure.getOrDefault(figure.code(), Map.of());
    }

    /** Returns all codes of a table. */
    List<String> codesOf(CountedFigure figure, String table) {
        BinaryCodeTree halves = tablesOf(figure).get(table);
        return halves == null ? List.of() : halves.codes().toList();
    }

    /** Returns the dimensions of a table: its own, and those that follow from it. */
    List<String> dimensionsOf(CountedFigure figure, String table) {
        List<String> known = new ArrayList<>(List.of(table));
        if (hasCountry(figure, table)) {
            figure.dimensions().stream()
                    .filter(Geography.DERIVED_DIMENSIONS::contains)
                    .forEach(known::add);
        }
        return known;
    }

    /** Returns the table with all of these dimensions, and with countries if required; null when there is none. */
    @Nullable
    String findTable(CountedFigure figure, Set<String> dimensions, boolean countries) {
        return tablesOf(figure).keySet().stream()
                .filter(table -> dimensionsOf(figure, table).containsAll(dimensions))
                .filter(table -> !countries || hasCountry(figure, table))
                .findFirst()
                .orElse(null);
    }

    /** Returns the code of a dimension for a code of the table. */
    String codeOf(String dimension, String code) {
        return Geography.DERIVED_DIMENSIONS.contains(dimension) ? geography.regionOf(dimension, code) : code;
    }

    private boolean hasCountry(CountedFigure figure, String table) {
        return geography
                .findCountryField(figure.dimensions())
                .filter(table::equals)
                .isPresent();
    }

    private BinaryCodeTree buildTree(CountedFigure figure, String dimension, CodeList list) {
        Set<String> codes = new LinkedHashSet<>(list.codes());
        codes.add(CodeDictionary.ABSENT_TEXT);
        List<Function<String, String>> levels = hasCountry(figure, dimension)
                ? List.of(
                        code -> geography.regionOf(Geography.REGION, code),
                        code -> geography.regionOf(Geography.SUB_REGION, code))
                : List.of();
        return BinaryCodeTree.build(codes, levels);
    }
}
