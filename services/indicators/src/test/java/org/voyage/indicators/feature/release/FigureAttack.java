package org.voyage.indicators.feature.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.release.DisclosureAttacker.UnknownCell;
import org.voyage.indicators.feature.release.LinearDeduction.ValueInterval;
import org.voyage.kittest.TestTokens;

/** Data that an attacker reads of some years of one figure at a time. */
final class FigureAttack {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Thousands of queries; RestAssured takes longer for each than the service. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String YEAR = "year";
    private static final String SHARED = "totals=true&shares=true";
    private static final int DECIMALS = 2;

    private final DisclosureAttacker attacker;
    private final String figure;
    private final String time;
    private final int first;
    private final int last;
    /** All possible breakdowns of each table, by the table's dimension; the dimension itself comes first. */
    private final Map<String, List<String>> tables = new LinkedHashMap<>();

    private final List<UnknownCell> cells = new ArrayList<>();
    private final List<String> shownSmall = new ArrayList<>();
    private final Set<AttackQuery> askedQueries = new HashSet<>();

    FigureAttack(DisclosureAttacker attacker, String figure, int first, int last, String time) {
        this.attacker = attacker;
        this.figure = figure;
        this.time = time;
        this.first = first;
        this.last = last;
        JsonNode described = parseJson(getResponse("/v1/indicators/" + figure, TestTokens.allianceToken("WFCP")));
        described.path("tables").forEach(table -> {
            List<String> names = toTexts(table.path("dimensions"));
            for (String list : toTexts(table.path("lists"))) {
                names.add(AttackQuery.LIST_PREFIX + list + "@now");
                names.add(AttackQuery.LIST_PREFIX + list + "@then");
            }
            tables.put(names.getFirst(), names);
        });
        findCells();
        tables.values().forEach(this::readTable);
    }

    String figure() {
        return figure;
    }

    String time() {
        return time;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    Set<String> tables() {
        return tables.keySet();
    }

    /** Returns all possible breakdowns. */
    List<String> breakdownNames() {
        return tables.values().stream().flatMap(List::stream).toList();
    }

    DisclosureAttacker attacker() {
        return attacker;
    }

    /** Returns numbers from 1 to 9 in the answers. */
    List<String> shownSmall() {
        return shownSmall;
    }

    List<UnknownCell> cells() {
        return cells;
    }

    List<UnknownCell> cellsAt(int year, String name, String code) {
        return cellsMatching(cell -> cell.year() == year && cell.hasCode(name, code));
    }

    private List<UnknownCell> cellsMatching(Predicate<UnknownCell> which) {
        return cells.stream().filter(which).toList();
    }

    /** Returns the codes that are shown or suppressed in one of the years. */
    Set<String> codesOf(String name) {
        return cells.stream()
                .map(cell -> cell.codes().getOrDefault(name, ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    ValueInterval intervalOf(String table, String code) {
        return attacker.intervalOf(cellsAt(first, table, code));
    }

    /** Returns the shown values of the first year. */
    Map<String, Long> shownValues(String table) {
        Map<String, Long> shown = new LinkedHashMap<>();
        for (JsonNode line : tableLines(table)) {
            if (line.hasNonNull("value")) {
                shown.put(line.path(table).asText(), line.path("value").asLong());
            }
        }
        return shown;
    }

    Set<String> suppressedCodes(String table) {
        Set<String> suppressed = new LinkedHashSet<>();
        for (JsonNode line : tableLines(table)) {
            if (!line.hasNonNull("value")) {
                suppressed.add(line.path(table).asText());
            }
        }
        return suppressed;
    }

    private JsonNode tableLines(String table) {
        return askQuery(AttackQuery.splitByAll(List.of(table)), String.valueOf(first))
                .orElseThrow()
                .path("items");
    }

    /**
     * Finds the cells: every code of a table with every other one that is not 0. The joint distribution of the tables
     * is unknown.
     */
    private void findCells() {
        Map<Integer, List<Map<String, String>>> byYear = new TreeMap<>();
        tables.forEach((dimension, names) -> {
            Map<Integer, Map<String, Map<String, String>>> codes = new TreeMap<>();
            for (String name : names) {
                List<String> by = name.equals(dimension) ? List.of(YEAR, dimension) : List.of(YEAR, name, dimension);
                askQuery(AttackQuery.splitByAll(by))
                        .ifPresent(answer -> answer.path("items")
                                .forEach(line -> codes.computeIfAbsent(
                                                line.path(YEAR).asInt(), key -> new LinkedHashMap<>())
                                        .computeIfAbsent(line.path(dimension).asText(), key -> new LinkedHashMap<>())
                                        .put(name, line.path(name).asText())));
            }
            codes.forEach((year, here) -> byYear.merge(year, List.copyOf(here.values()), FigureAttack::crossProduct));
        });
        byYear.forEach((year, all) -> all.forEach(codes -> cells.add(attacker.newCell(figure, time, year, codes))));
    }

    private static List<Map<String, String>> crossProduct(
            List<Map<String, String>> one, List<Map<String, String>> other) {
        List<Map<String, String>> crossed = new ArrayList<>();
        for (Map<String, String> codes : one) {
            for (Map<String, String> more : other) {
                Map<String, String> both = new LinkedHashMap<>(codes);
                both.putAll(more);
                crossed.add(both);
            }
        }
        return crossed;
    }

    private void readTable(List<String> names) {
        String dimension = names.getFirst();
        learnAnswer(AttackQuery.splitByAll(List.of(YEAR)));
        for (String name : names) {
            learnAnswer(AttackQuery.splitByAll(List.of(YEAR, name)).withParameters(SHARED));
            learnAnswer(AttackQuery.splitByAll(List.of(YEAR, name)).withParameters("top=2&" + SHARED));
            if (!name.equals(dimension)) {
                learnAnswer(
                        AttackQuery.splitByAll(List.of(YEAR, name, dimension)).withParameters(SHARED));
                Set<String> codes =
                        name.startsWith(AttackQuery.LIST_PREFIX) ? Set.of(AttackQuery.MEMBER_CODE) : codesOf(name);
                for (String code : codes) {
                    AttackQuery part = AttackQuery.splitByAll(List.of(YEAR)).withFilter(name, Set.of(code));
                    learnAnswer(part);
                    learnAnswer(part.withSplit(dimension).withParameters(SHARED));
                }
            }
        }
    }

    /**
     * Sends all other possible queries. They use breakdowns that are not offered, two at a time and all tables at once,
     * as breakdown and as filter, also months, and several years as one.
     *
     * @param known all dimensions and lists of the figure for internal readers
     */
    void askUnofferedQueries(List<String> known) {
        Set<String> all = new LinkedHashSet<>();
        tables.values().forEach(all::addAll);
        all.addAll(known);
        List<String> names = List.copyOf(all);
        for (int i = 0; i < names.size(); i++) {
            learnAnswer(AttackQuery.splitByAll(List.of(YEAR, names.get(i))));
            for (int j = i + 1; j < names.size(); j++) {
                learnAnswer(AttackQuery.splitByAll(List.of(YEAR, names.get(i), names.get(j)))
                        .withParameters(SHARED));
                for (String code : codesOf(names.get(j)).stream().limit(2).toList()) {
                    learnAnswer(
                            AttackQuery.splitByAll(List.of(YEAR, names.get(i))).withFilter(names.get(j), Set.of(code)));
                }
            }
        }
        List<String> every = new ArrayList<>(List.of(YEAR));
        every.addAll(tables.keySet());
        learnAnswer(AttackQuery.splitByAll(every).withParameters("totals=true"));
        for (String period : List.of(first + "-01", first + "-12", last + "-06", first + ".." + last)) {
            tables.keySet().forEach(table -> assertRefused(AttackQuery.splitByAll(List.of(table)), period));
            assertRefused(AttackQuery.splitByAll(List.of()), period);
        }
    }

    private void assertRefused(AttackQuery question, String period) {
        if (!period.contains("..") || first < last) {
            askQuery(question, period).ifPresent(answer -> {
                throw new AssertionError(figure + " in " + period + " is answered: " + answer);
            });
        }
    }

    /** Queries each of these codes together with each of them and each shown code, and all codes but one. */
    FigureAttack askWithOthers(String table, Set<String> codes) {
        Set<String> all = codesOf(table);
        Set<String> near = new LinkedHashSet<>(shownValues(table).keySet());
        near.addAll(codes);
        AttackQuery question = AttackQuery.splitByAll(List.of(YEAR));
        for (String code : codes) {
            near.forEach(other -> learnAnswer(question.withFilter(table, new LinkedHashSet<>(List.of(code, other)))));
            Set<String> others = new LinkedHashSet<>(all);
            others.remove(code);
            learnAnswer(question.withFilter(table, others));
        }
        return this;
    }

    /** Adds the public tree and the rule of a first release: a half is hidden because one of the two is small. */
    void addTreeKnowledge(String table, BinaryCodeTree tree) {
        for (int year = first; year <= last; year++) {
            Long total = valueWithin(year, table, tree);
            if (total != null) {
                descendTree(year, table, tree, total);
            }
        }
    }

    private void descendTree(int year, String table, BinaryCodeTree part, long together) {
        if (part.halves().isEmpty() || together == 0) {
            return;
        }
        BinaryCodeTree one = part.halves().getFirst();
        BinaryCodeTree other = part.halves().getLast();
        Long value = valueWithin(year, table, one);
        Long otherValue = valueWithin(year, table, other);
        if (value != null && otherValue != null) {
            descendTree(year, table, one, value);
            descendTree(year, table, other, otherValue);
        } else if (value == null && otherValue == null) {
            attacker.deduction()
                    .addEitherIsSmall(
                            DisclosureAttacker.unknownsOf(cellsWithin(year, table, one)),
                            DisclosureAttacker.unknownsOf(cellsWithin(year, table, other)),
                            together);
        }
    }

    private List<UnknownCell> cellsWithin(int year, String table, BinaryCodeTree part) {
        Set<String> codes = part.codes().collect(Collectors.toUnmodifiableSet());
        return cellsMatching(
                cell -> cell.year() == year && codes.contains(cell.codes().getOrDefault(table, "")));
    }

    private @Nullable Long valueWithin(int year, String table, BinaryCodeTree part) {
        AttackQuery question = AttackQuery.splitByAll(List.of())
                .withFilter(table, part.codes().collect(Collectors.toCollection(LinkedHashSet::new)));
        JsonNode line = askQuery(question, String.valueOf(year))
                .orElseThrow()
                .path("items")
                .path(0);
        if (!line.hasNonNull("value")) {
            return null;
        }
        attacker.deduction()
                .addSum(
                        DisclosureAttacker.unknownsOf(cellsWithin(year, table, part)),
                        line.path("value").asLong());
        return line.path("value").asLong();
    }

    /** Assumes that these cells are empty. */
    void addEmpty(int year, String table, Predicate<String> codes) {
        attacker.deduction()
                .addSum(
                        DisclosureAttacker.unknownsOf(cellsMatching(cell ->
                                cell.year() == year && codes.test(cell.codes().getOrDefault(table, "")))),
                        0);
    }

    private void learnAnswer(AttackQuery question) {
        if (askedQueries.add(question)) {
            askQuery(question).ifPresent(answer -> learnAnswer(question, answer));
        }
    }

    private void learnAnswer(AttackQuery question, JsonNode answer) {
        List<UnknownCell> all = cellsMatching(cell -> question.matchesCodes(cell.codes()));
        Map<List<String>, List<UnknownCell>> places = new LinkedHashMap<>(
                all.stream().collect(Collectors.groupingBy(cell -> placeOf(cell, question.breakdowns()))));
        JsonNode totals = answer.path("totals");
        boolean hasTotals = !totals.isEmpty() && totals.valueStream().allMatch(line -> line.hasNonNull("value"));
        for (JsonNode line : answer.path("items")) {
            List<String> place = question.breakdowns().stream()
                    .map(name -> line.path(name).asText())
                    .toList();
            List<UnknownCell> here = places.remove(place);
            addLineRelations(here == null ? List.of() : here, all, line, hasTotals);
        }
        List<UnknownCell> rest = places.values().stream().flatMap(List::stream).toList();
        totals.forEach(line -> addLineRelations(cellsOfYear(all, line), all, line, true));
        if (question.also().contains("top=")) {
            answer.path("others").forEach(line -> addLineRelations(cellsOfYear(rest, line), all, line, hasTotals));
        } else {
            attacker.deduction().addSum(DisclosureAttacker.unknownsOf(rest), 0);
        }
    }

    /** @param hasTotals whether the share of a shown value says no more than the value */
    private void addLineRelations(List<UnknownCell> part, List<UnknownCell> all, JsonNode line, boolean hasTotals) {
        if (line.hasNonNull("value")) {
            long value = line.path("value").asLong();
            attacker.deduction().addSum(DisclosureAttacker.unknownsOf(part), value);
            if (CellSuppression.isSmall(value)) {
                shownSmall.add(figure + " " + line);
            }
        }
        if (line.hasNonNull("share") && !(hasTotals && line.hasNonNull("value"))) {
            attacker.deduction()
                    .addShare(
                            DisclosureAttacker.unknownsOf(part),
                            DisclosureAttacker.unknownsOf(cellsOfYear(all, line)),
                            line.path("share").decimalValue().setScale(DECIMALS));
        }
    }

    private static List<UnknownCell> cellsOfYear(List<UnknownCell> cells, JsonNode line) {
        return cells.stream()
                .filter(cell -> cell.year() == line.path(YEAR).asInt())
                .toList();
    }

    private static List<String> placeOf(UnknownCell cell, List<String> by) {
        return by.stream()
                .map(name -> name.equals(YEAR)
                        ? String.valueOf(cell.year())
                        : cell.codes().getOrDefault(name, ""))
                .toList();
    }

    private Optional<JsonNode> askQuery(AttackQuery question) {
        return askQuery(question, first == last ? String.valueOf(first) : first + ".." + last);
    }

    /** Sends a query; empty when it is refused. */
    private Optional<JsonNode> askQuery(AttackQuery question, String period) {
        String path = "/v1/indicators/" + figure + "/values?period=" + period + question.toQueryString();
        HttpResponse<String> response = getResponse(path, TestTokens.allianceToken("WFCP"));
        return switch (response.statusCode()) {
            case 200 -> Optional.of(parseJson(response));
            case 400, 403 -> Optional.empty();
            default -> throw new AssertionError(path + " " + response.statusCode() + " " + response.body());
        };
    }

    @Override
    public String toString() {
        return figure + " " + time;
    }

    static HttpResponse<String> getResponse(String path, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static JsonNode parseJson(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    private static List<String> toTexts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
