package org.voyage.indicators.release;

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
import org.voyage.indicators.release.Attacker.Cell;
import org.voyage.indicators.release.Deduction.Interval;
import org.voyage.kittest.TestTokens;

/** What an attacker reads of years of one figure at a time. */
final class Reading {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Thousands of questions; RestAssured takes longer over each than the service. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String YEAR = "year";
    private static final String SHARED = "totals=true&shares=true";
    private static final int DECIMALS = 2;

    private final Attacker attacker;
    private final String figure;
    private final String time;
    private final int first;
    private final int last;
    /** By the dimension of each table all that it can be split by, the dimension first. */
    private final Map<String, List<String>> tables = new LinkedHashMap<>();

    private final List<Cell> cells = new ArrayList<>();
    private final List<String> shownSmall = new ArrayList<>();
    private final Set<Question> asked = new HashSet<>();

    Reading(Attacker attacker, String figure, int first, int last, String time) {
        this.attacker = attacker;
        this.figure = figure;
        this.time = time;
        this.first = first;
        this.last = last;
        JsonNode described = json(get("/v1/indicators/" + figure, TestTokens.allianceToken("WFCP")));
        described.path("tables").forEach(table -> {
            List<String> names = texts(table.path("dimensions"));
            for (String list : texts(table.path("lists"))) {
                names.add(Question.LIST + list + "@now");
                names.add(Question.LIST + list + "@then");
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

    /** All that it can be split by. */
    List<String> names() {
        return tables.values().stream().flatMap(List::stream).toList();
    }

    Attacker attacker() {
        return attacker;
    }

    /** Numbers from 1 to 9 that stood in an answer. */
    List<String> shownSmall() {
        return shownSmall;
    }

    List<Cell> cells() {
        return cells;
    }

    List<Cell> cells(int year, String name, String code) {
        return cells(cell -> cell.year() == year && cell.has(name, code));
    }

    private List<Cell> cells(Predicate<Cell> which) {
        return cells.stream().filter(which).toList();
    }

    /** The codes that are there or suppressed in one of the years. */
    Set<String> codes(String name) {
        return cells.stream()
                .map(cell -> cell.codes().getOrDefault(name, ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Interval interval(String table, String code) {
        return attacker.interval(cells(first, table, code));
    }

    /** What is shown of the first year. */
    Map<String, Long> shown(String table) {
        Map<String, Long> shown = new LinkedHashMap<>();
        for (JsonNode line : lines(table)) {
            if (line.hasNonNull("value")) {
                shown.put(line.path(table).asText(), line.path("value").asLong());
            }
        }
        return shown;
    }

    Set<String> suppressed(String table) {
        Set<String> suppressed = new LinkedHashSet<>();
        for (JsonNode line : lines(table)) {
            if (!line.hasNonNull("value")) {
                suppressed.add(line.path(table).asText());
            }
        }
        return suppressed;
    }

    private JsonNode lines(String table) {
        return ask(Question.by(List.of(table)), String.valueOf(first))
                .orElseThrow()
                .path("values");
    }

    /** Every code of a table with every other one that is not 0: what the tables have together is not known. */
    private void findCells() {
        Map<Integer, List<Map<String, String>>> byYear = new TreeMap<>();
        tables.forEach((dimension, names) -> {
            Map<Integer, Map<String, Map<String, String>>> codes = new TreeMap<>();
            for (String name : names) {
                List<String> by = name.equals(dimension) ? List.of(YEAR, dimension) : List.of(YEAR, name, dimension);
                ask(Question.by(by))
                        .ifPresent(answer -> answer.path("values")
                                .forEach(line -> codes.computeIfAbsent(
                                                line.path(YEAR).asInt(), key -> new LinkedHashMap<>())
                                        .computeIfAbsent(line.path(dimension).asText(), key -> new LinkedHashMap<>())
                                        .put(name, line.path(name).asText())));
            }
            codes.forEach((year, here) -> byYear.merge(year, List.copyOf(here.values()), Reading::crossed));
        });
        byYear.forEach((year, all) -> all.forEach(codes -> cells.add(attacker.cell(figure, time, year, codes))));
    }

    private static List<Map<String, String>> crossed(List<Map<String, String>> one, List<Map<String, String>> other) {
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
        learn(Question.by(List.of(YEAR)));
        for (String name : names) {
            learn(Question.by(List.of(YEAR, name)).with(SHARED));
            learn(Question.by(List.of(YEAR, name)).with("top=2&" + SHARED));
            if (!name.equals(dimension)) {
                learn(Question.by(List.of(YEAR, name, dimension)).with(SHARED));
                Set<String> codes = name.startsWith(Question.LIST) ? Set.of(Question.MEMBER) : codes(name);
                for (String code : codes) {
                    Question part = Question.by(List.of(YEAR)).where(name, Set.of(code));
                    learn(part);
                    learn(part.splitBy(dimension).with(SHARED));
                }
            }
        }
    }

    /**
     * Asks for everything else there might be: what is not offered, two at a time and all tables at once, split and
     * filtered, months, several years as one.
     *
     * @param known all that the figure has, for whoever is not outside
     */
    void askForMore(List<String> known) {
        Set<String> all = new LinkedHashSet<>();
        tables.values().forEach(all::addAll);
        all.addAll(known);
        List<String> names = List.copyOf(all);
        for (int i = 0; i < names.size(); i++) {
            learn(Question.by(List.of(YEAR, names.get(i))));
            for (int j = i + 1; j < names.size(); j++) {
                learn(Question.by(List.of(YEAR, names.get(i), names.get(j))).with(SHARED));
                for (String code : codes(names.get(j)).stream().limit(2).toList()) {
                    learn(Question.by(List.of(YEAR, names.get(i))).where(names.get(j), Set.of(code)));
                }
            }
        }
        List<String> every = new ArrayList<>(List.of(YEAR));
        every.addAll(tables.keySet());
        learn(Question.by(every).with("totals=true"));
        for (String period : List.of(first + "-01", first + "-12", last + "-06", first + ".." + last)) {
            tables.keySet().forEach(table -> refuses(Question.by(List.of(table)), period));
            refuses(Question.by(List.of()), period);
        }
    }

    private void refuses(Question question, String period) {
        if (!period.contains("..") || first < last) {
            ask(question, period).ifPresent(answer -> {
                throw new AssertionError(figure + " in " + period + " is answered: " + answer);
            });
        }
    }

    /** Asks for each of these codes together with each of them and of those that are shown, and for all but each. */
    Reading askAround(String table, Set<String> codes) {
        Set<String> all = codes(table);
        Set<String> near = new LinkedHashSet<>(shown(table).keySet());
        near.addAll(codes);
        Question question = Question.by(List.of(YEAR));
        for (String code : codes) {
            near.forEach(other -> learn(question.where(table, new LinkedHashSet<>(List.of(code, other)))));
            Set<String> others = new LinkedHashSet<>(all);
            others.remove(code);
            learn(question.where(table, others));
        }
        return this;
    }

    /** Knows the public tree and the rule of a first release: which halves are hidden because one of them is small. */
    void useTree(String table, Halves tree) {
        for (int year = first; year <= last; year++) {
            Long total = value(year, table, tree);
            if (total != null) {
                descend(year, table, tree, total);
            }
        }
    }

    private void descend(int year, String table, Halves part, long together) {
        if (part.halves().isEmpty() || together == 0) {
            return;
        }
        Halves one = part.halves().getFirst();
        Halves other = part.halves().getLast();
        Long value = value(year, table, one);
        Long otherValue = value(year, table, other);
        if (value != null && otherValue != null) {
            descend(year, table, one, value);
            descend(year, table, other, otherValue);
        } else if (value == null && otherValue == null) {
            attacker.deduction()
                    .eitherIsSmall(
                            Attacker.unknowns(within(year, table, one)),
                            Attacker.unknowns(within(year, table, other)),
                            together);
        }
    }

    private List<Cell> within(int year, String table, Halves part) {
        Set<String> codes = part.codes().collect(Collectors.toUnmodifiableSet());
        return cells(cell -> cell.year() == year && codes.contains(cell.codes().getOrDefault(table, "")));
    }

    private @Nullable Long value(int year, String table, Halves part) {
        Question question =
                Question.by(List.of()).where(table, part.codes().collect(Collectors.toCollection(LinkedHashSet::new)));
        JsonNode line =
                ask(question, String.valueOf(year)).orElseThrow().path("values").path(0);
        if (!line.hasNonNull("value")) {
            return null;
        }
        attacker.deduction()
                .sum(
                        Attacker.unknowns(within(year, table, part)),
                        line.path("value").asLong());
        return line.path("value").asLong();
    }

    /** Takes it for known that there are none. */
    void none(int year, String table, Predicate<String> codes) {
        attacker.deduction()
                .sum(
                        Attacker.unknowns(cells(cell ->
                                cell.year() == year && codes.test(cell.codes().getOrDefault(table, "")))),
                        0);
    }

    private void learn(Question question) {
        if (asked.add(question)) {
            ask(question).ifPresent(answer -> learn(question, answer));
        }
    }

    private void learn(Question question, JsonNode answer) {
        List<Cell> all = cells(cell -> question.isAbout(cell.codes()));
        Map<List<String>, List<Cell>> places =
                new LinkedHashMap<>(all.stream().collect(Collectors.groupingBy(cell -> place(cell, question.by()))));
        JsonNode totals = answer.path("totals");
        boolean hasTotals = !totals.isEmpty() && totals.valueStream().allMatch(line -> line.hasNonNull("value"));
        for (JsonNode line : answer.path("values")) {
            List<String> place =
                    question.by().stream().map(name -> line.path(name).asText()).toList();
            List<Cell> here = places.remove(place);
            note(here == null ? List.of() : here, all, line, hasTotals);
        }
        List<Cell> rest = places.values().stream().flatMap(List::stream).toList();
        totals.forEach(line -> note(ofYear(all, line), all, line, true));
        if (question.also().contains("top=")) {
            answer.path("others").forEach(line -> note(ofYear(rest, line), all, line, hasTotals));
        } else {
            attacker.deduction().sum(Attacker.unknowns(rest), 0);
        }
    }

    /** @param hasTotals whether the share of a value that is shown says no more than the value */
    private void note(List<Cell> part, List<Cell> all, JsonNode line, boolean hasTotals) {
        if (line.hasNonNull("value")) {
            long value = line.path("value").asLong();
            attacker.deduction().sum(Attacker.unknowns(part), value);
            if (Protection.isSmall(value)) {
                shownSmall.add(figure + " " + line);
            }
        }
        if (line.hasNonNull("share") && !(hasTotals && line.hasNonNull("value"))) {
            attacker.deduction()
                    .share(
                            Attacker.unknowns(part),
                            Attacker.unknowns(ofYear(all, line)),
                            line.path("share").decimalValue().setScale(DECIMALS));
        }
    }

    private static List<Cell> ofYear(List<Cell> cells, JsonNode line) {
        return cells.stream()
                .filter(cell -> cell.year() == line.path(YEAR).asInt())
                .toList();
    }

    private static List<String> place(Cell cell, List<String> by) {
        return by.stream()
                .map(name -> name.equals(YEAR)
                        ? String.valueOf(cell.year())
                        : cell.codes().getOrDefault(name, ""))
                .toList();
    }

    private Optional<JsonNode> ask(Question question) {
        return ask(question, first == last ? String.valueOf(first) : first + ".." + last);
    }

    /** Empty when it is refused. */
    private Optional<JsonNode> ask(Question question, String period) {
        String path = "/v1/indicators/" + figure + "/values?period=" + period + question.text();
        HttpResponse<String> response = get(path, TestTokens.allianceToken("WFCP"));
        return switch (response.statusCode()) {
            case 200 -> Optional.of(json(response));
            case 400, 403 -> Optional.empty();
            default -> throw new AssertionError(path + " " + response.statusCode() + " " + response.body());
        };
    }

    @Override
    public String toString() {
        return figure + " " + time;
    }

    static HttpResponse<String> get(String path, String token) {
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

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
