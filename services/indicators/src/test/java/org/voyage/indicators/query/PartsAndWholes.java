package org.voyage.indicators.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.voyage.kittest.TestTokens;

/**
 * Asks for several figures at once, as a reader does. An answer is of one moment, so it is held against itself: its
 * parts against its totals, its shares and sums against what they are made of. What answers of the same position say of
 * the same whole, split by this or by that or by nothing, is held against each other.
 */
final class PartsAndWholes implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OVERSEAS = "overseas-schools,overseas-students,overseas-training-people,"
            + "overseas-training-person-days,overseas-countries,overseas-schools-share";
    private static final String TRAININGS = "overseas-training-people,overseas-training-person-days";
    private static final List<String> TERMS = List.of("cooperative-institutions", "cooperative-programmes");
    private static final String COOPERATIONS = "cooperations," + String.join(",", TERMS);
    /** To the year that goes on. */
    static final String YEARS =
            "2015.." + LocalDate.now(ZoneId.of("Asia/Shanghai")).getYear();

    /** By record of each counted figure that adds up: the topics that it stands on. */
    private static final Map<String, List<String>> ADD_UP = Map.of(
            "overseas-schools", List.of("overseas-school"),
            "overseas-students", List.of("overseas-school", "overseas-headcount"),
            "overseas-training-people", List.of("overseas-school", "overseas-training"),
            "overseas-training-person-days", List.of("overseas-school", "overseas-training"),
            "cooperations", List.of("cooperative-institution", "cooperative-programme"),
            "cooperative-institutions", List.of("cooperative-institution"),
            "cooperative-programmes", List.of("cooperative-programme"));

    /** A country is in one of them only, so that countries, which are counted once each, add up by these. */
    private static final Set<String> OF_A_COUNTRY =
            Set.of("hostCountry", "region", "subRegion", "list:belt-and-road@then", "list:belt-and-road@now");

    private static final List<Question> QUESTIONS = questions();

    /**
     * @param by what it is split by, besides the year; empty for nothing
     */
    record Question(String figures, String by, boolean byYear, String more) {

        String path() {
            String split = by.isEmpty() ? "" : "&by=" + (byYear ? "year," : "") + by + "&totals=true";
            return "/v1/values?figure=" + figures + split + more;
        }
    }

    private final URI service;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token = TestTokens.operatorToken();
    private final Map<Question, Integer> asked = new HashMap<>();
    /** By figure, period and position: what it came to, whoever said so first. */
    private final Map<String, Long> wholes = new HashMap<>();

    private final Map<String, Integer> agreed = new TreeMap<>();
    private String before = "";
    private int moved;

    /** @param service where figures are asked for */
    PartsAndWholes(URI service) {
        this.service = service;
    }

    private static List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (String by : List.of(
                "province",
                "hostCountry",
                "region",
                "subRegion",
                "brand",
                "tier",
                "form",
                "status",
                "list:belt-and-road@then",
                "list:belt-and-road@now")) {
            questions.add(new Question(OVERSEAS, by, true, "&period=" + YEARS));
            questions.add(new Question(TRAININGS, by, false, "&period=" + YEARS));
            questions.add(new Question(OVERSEAS, by, false, ""));
        }
        questions.add(new Question("overseas-schools,overseas-schools-share", "", false, "&hostCountry=THA"));
        for (String by : List.of("province", "scheme", "status")) {
            questions.add(new Question(COOPERATIONS, by, true, "&period=" + YEARS));
        }
        return List.copyOf(questions);
    }

    /** Asks the next question and holds its answer against itself and others. */
    Question sample() throws IOException, InterruptedException {
        Question question = QUESTIONS.get(samples() % QUESTIONS.size());
        hold(question, ask(question));
        asked.merge(question, 1, Integer::sum);
        return question;
    }

    int samples() {
        return asked.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How often the question that was asked least was asked. */
    int ofEachQuestion() {
        return QUESTIONS.stream()
                .mapToInt(question -> asked.getOrDefault(question, 0))
                .min()
                .orElse(0);
    }

    /** How often an answer was of another position than the one before. */
    int moved() {
        return moved;
    }

    /** How often answers of the same position said the same of a whole, by period. */
    Map<String, Integer> agreed() {
        return agreed;
    }

    private JsonNode ask(Question question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(question.path()))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(question.path()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void hold(Question question, JsonNode answer) {
        Map<String, JsonNode> figures = new TreeMap<>();
        answer.path("figures")
                .forEach(figure -> figures.put(figure.at("/indicator/code").asText(), figure));
        assertThat(figures.keySet())
                .containsExactlyInAnyOrder(question.figures().split(","));
        String position = answer.at("/position/topics").toString();
        moved += position.equals(before) ? 0 : 1;
        before = position;
        figures.forEach((code, figure) -> {
            String what = code + " of " + question.path() + " at " + position;
            if (question.by().isEmpty()) {
                holdComponents(what, figure, figures, answer);
            } else if (ADD_UP.containsKey(code)) {
                assertThat(sums(figure)).as(what).isEqualTo(totals(figure));
                remember(code, figure, answer);
            } else if (code.equals("overseas-countries")) {
                holdDistinct(what, question, figure);
            } else {
                holdShares(what, question, figure, Part.of(figures, "overseas-schools"));
            }
        });
        if (figures.containsKey("cooperations")) {
            holdTerms(question, figures);
        }
    }

    /** The values of one figure in an answer, and its totals. */
    private record Part(Map<JsonNode, BigDecimal> values, Map<String, Long> totals) {
        static Part of(Map<String, JsonNode> figures, String code) {
            JsonNode figure = figures.getOrDefault(code, JSON.nullNode());
            return new Part(PartsAndWholes.values(figure), PartsAndWholes.totals(figure));
        }
    }

    private static void holdDistinct(String what, Question question, JsonNode figure) {
        Map<String, Long> sums = sums(figure);
        Map<String, Long> totals = totals(figure);
        if (OF_A_COUNTRY.contains(question.by())) {
            assertThat(sums).as(what).isEqualTo(totals);
        }
        values(figure)
                .forEach((at, value) -> assertThat(value.longValueExact())
                        .as("%s at %s", what, at)
                        .isLessThanOrEqualTo(totals.getOrDefault(year(at), 0L)));
        totals.forEach((year, total) ->
                assertThat(total).as("%s in %s", what, year).isLessThanOrEqualTo(sums.getOrDefault(year, 0L)));
    }

    /** By country, region or list a share is of all schools, by anything else of those that stand there: of themselves. */
    private static void holdShares(String what, Question question, JsonNode figure, Part schools) {
        Map<JsonNode, BigDecimal> expected = new HashMap<>();
        schools.values()
                .forEach((at, value) -> expected.put(
                        at,
                        share(
                                value,
                                OF_A_COUNTRY.contains(question.by())
                                        ? BigDecimal.valueOf(schools.totals().getOrDefault(year(at), 0L))
                                        : value)));
        Map<JsonNode, BigDecimal> shares = new HashMap<>();
        values(figure).forEach((at, value) -> shares.put(at, value.setScale(2)));
        assertThat(shares).as(what).isEqualTo(expected);
    }

    private static void holdTerms(Question question, Map<String, JsonNode> figures) {
        Map<JsonNode, BigDecimal> sum = new HashMap<>();
        TERMS.forEach(
                term -> Part.of(figures, term).values().forEach((at, value) -> sum.merge(at, value, BigDecimal::add)));
        assertThat(Part.of(figures, "cooperations").values())
                .as(question.path())
                .isEqualTo(sum);
    }

    /** What is split by nothing says what it is made of. */
    private void holdComponents(String what, JsonNode figure, Map<String, JsonNode> figures, JsonNode answer) {
        Map<String, BigDecimal> components = new TreeMap<>();
        figure.path("components")
                .forEach(component -> components.put(
                        component.path("role").asText(), component.path("value").decimalValue()));
        if (components.isEmpty()) {
            return;
        }
        BigDecimal part = components.getOrDefault("part", BigDecimal.ZERO);
        BigDecimal whole = components.getOrDefault("whole", BigDecimal.ZERO);
        JsonNode schools = figures.getOrDefault("overseas-schools", JSON.nullNode());
        assertThat(part).as(what).isEqualTo(schools.at("/values/0/value").decimalValue());
        assertThat(figure.at("/values/0/value").decimalValue().setScale(2))
                .as(what)
                .isEqualTo(share(part, whole));
        remember("overseas-schools", figure.path("period").asText(), whole.longValueExact(), answer);
    }

    private static BigDecimal share(BigDecimal part, BigDecimal whole) {
        return part.multiply(BigDecimal.valueOf(100)).divide(whole, 2, RoundingMode.HALF_UP);
    }

    private void remember(String code, JsonNode figure, JsonNode answer) {
        Map<String, Long> totals = totals(figure);
        String period = figure.path("period").asText();
        totals.forEach((year, total) -> remember(code, year.isEmpty() ? period : year, total, answer));
        if (TRAININGS.contains(code) && totals.size() > 1) {
            remember(
                    code,
                    period,
                    totals.values().stream().mapToLong(Long::longValue).sum(),
                    answer);
        }
    }

    private void remember(String code, String period, long whole, JsonNode answer) {
        StringBuilder key = new StringBuilder(code).append(' ').append(period);
        answer.at("/position/topics").properties().forEach(topic -> {
            String record = topic.getKey().substring(topic.getKey().indexOf('.') + 1);
            if (ADD_UP.getOrDefault(code, List.of()).contains(record)) {
                key.append(' ').append(topic);
            }
        });
        Long said = wholes.putIfAbsent(key.toString(), whole);
        if (said != null) {
            assertThat(whole).as("%s", key).isEqualTo(said);
            agreed.merge(period, 1, Integer::sum);
        }
    }

    private static Map<JsonNode, BigDecimal> values(JsonNode figure) {
        Map<JsonNode, BigDecimal> values = new HashMap<>();
        for (JsonNode each : figure.path("values")) {
            ObjectNode at = each.deepCopy();
            values.put(at, at.remove("value").decimalValue());
        }
        return values;
    }

    private static String year(JsonNode at) {
        return at.path("year").asText();
    }

    /** By year, if it is split by year; no zeros. */
    private static Map<String, Long> sums(JsonNode figure) {
        Map<String, Long> sums = new TreeMap<>();
        values(figure).forEach((at, value) -> sums.merge(year(at), value.longValueExact(), Long::sum));
        sums.values().removeIf(value -> value == 0);
        return sums;
    }

    private static Map<String, Long> totals(JsonNode figure) {
        Map<String, Long> totals = new TreeMap<>();
        for (JsonNode total : figure.path("totals")) {
            totals.put(year(total), total.path("value").asLong());
        }
        totals.values().removeIf(value -> value == 0);
        return totals;
    }

    @Override
    public void close() {
        http.close();
    }
}
