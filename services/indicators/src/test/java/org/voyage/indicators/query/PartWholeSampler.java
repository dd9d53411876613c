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
 * Sampler of answers with several figures, as a client queries them. An answer is of one point in time, so the sampler
 * checks its parts against its totals, and its shares and sums against their operands. It also compares answers of the
 * same position on the same whole, with any breakdown.
 */
final class PartWholeSampler implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OVERSEAS = "overseas-schools,overseas-students,overseas-training-people,"
            + "overseas-training-person-days,overseas-countries,overseas-schools-share";
    private static final String TRAININGS = "overseas-training-people,overseas-training-person-days";
    private static final List<String> TERM_FIGURES = List.of("cooperative-institutions", "cooperative-programmes");
    private static final String COOPERATIONS = "cooperations," + String.join(",", TERM_FIGURES);
    /** Up to the current year. */
    static final String YEAR_RANGE =
            "2015.." + LocalDate.now(ZoneId.of("Asia/Shanghai")).getYear();

    /** Topics of each additive counted figure, by record. */
    private static final Map<String, List<String>> ADDITIVE_TOPICS = Map.of(
            "overseas-schools", List.of("overseas-school"),
            "overseas-students", List.of("overseas-school", "overseas-headcount"),
            "overseas-training-people", List.of("overseas-school", "overseas-training"),
            "overseas-training-person-days", List.of("overseas-school", "overseas-training"),
            "cooperations", List.of("cooperative-institution", "cooperative-programme"),
            "cooperative-institutions", List.of("cooperative-institution"),
            "cooperative-programmes", List.of("cooperative-programme"));

    /** A country has one code in each of these, so that distinct counts of countries add up. */
    private static final Set<String> COUNTRY_DIMENSIONS =
            Set.of("hostCountry", "region", "subRegion", "list:belt-and-road@then", "list:belt-and-road@now");

    private static final List<SampledQuestion> QUESTIONS = allQuestions();

    /** @param breakdown breakdown in addition to the year; empty for none */
    record SampledQuestion(String figures, String breakdown, boolean byYear, String parameters) {

        String toPath() {
            String split = breakdown.isEmpty() ? "" : "&by=" + (byYear ? "year," : "") + breakdown + "&totals=true";
            return "/v1/values?figure=" + figures + split + parameters;
        }
    }

    private final URI service;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token = TestTokens.operatorToken();
    private final Map<SampledQuestion, Integer> samplesByQuestion = new HashMap<>();
    /** First answered value by figure, period and position. */
    private final Map<String, Long> wholes = new HashMap<>();

    private final Map<String, Integer> agreed = new TreeMap<>();
    private String lastPosition = "";
    private int movedAnswers;

    /** @param service base address of the service */
    PartWholeSampler(URI service) {
        this.service = service;
    }

    private static List<SampledQuestion> allQuestions() {
        List<SampledQuestion> questions = new ArrayList<>();
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
            questions.add(new SampledQuestion(OVERSEAS, by, true, "&period=" + YEAR_RANGE));
            questions.add(new SampledQuestion(TRAININGS, by, false, "&period=" + YEAR_RANGE));
            questions.add(new SampledQuestion(OVERSEAS, by, false, ""));
        }
        questions.add(new SampledQuestion("overseas-schools,overseas-schools-share", "", false, "&hostCountry=THA"));
        for (String by : List.of("province", "scheme", "status")) {
            questions.add(new SampledQuestion(COOPERATIONS, by, true, "&period=" + YEAR_RANGE));
        }
        return List.copyOf(questions);
    }

    /** Sends the next query and checks its answer. */
    void askAndCheck() throws IOException, InterruptedException {
        SampledQuestion question = QUESTIONS.get(countSamples() % QUESTIONS.size());
        checkAnswer(question, getAnswer(question));
        samplesByQuestion.merge(question, 1, Integer::sum);
    }

    int countSamples() {
        return samplesByQuestion.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns the number of samples of the least sampled query. */
    int minSamplesPerQuestion() {
        return QUESTIONS.stream()
                .mapToInt(question -> samplesByQuestion.getOrDefault(question, 0))
                .min()
                .orElse(0);
    }

    /** Returns the number of answers with another position than the answer before. */
    int movedAnswers() {
        return movedAnswers;
    }

    /** Returns the number of agreeing answers of the same position on a whole, by period. */
    Map<String, Integer> agreementsByPeriod() {
        return agreed;
    }

    private JsonNode getAnswer(SampledQuestion question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(question.toPath()))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(question.toPath()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void checkAnswer(SampledQuestion question, JsonNode answer) {
        Map<String, JsonNode> figures = new TreeMap<>();
        answer.path("items")
                .forEach(figure -> figures.put(figure.at("/indicator/code").asText(), figure));
        assertThat(figures.keySet())
                .containsExactlyInAnyOrder(question.figures().split(","));
        String position = answer.at("/position/topics").toString();
        movedAnswers += position.equals(lastPosition) ? 0 : 1;
        lastPosition = position;
        figures.forEach((code, figure) -> {
            String what = code + " of " + question.toPath() + " at " + position;
            if (question.breakdown().isEmpty()) {
                checkComponents(what, figure, figures, answer);
            } else if (ADDITIVE_TOPICS.containsKey(code)) {
                assertThat(sumsByYear(figure)).as(what).isEqualTo(totalsByYear(figure));
                rememberWhole(code, figure, answer);
            } else if (code.equals("overseas-countries")) {
                checkDistinct(what, question, figure);
            } else {
                checkShares(what, question, figure, SampledFigure.of(figures, "overseas-schools"));
            }
        });
        if (figures.containsKey("cooperations")) {
            checkTerms(question, figures);
        }
    }

    /** Values of one figure in an answer, and its totals. */
    private record SampledFigure(Map<JsonNode, BigDecimal> values, Map<String, Long> totals) {
        static SampledFigure of(Map<String, JsonNode> figures, String code) {
            JsonNode figure = figures.getOrDefault(code, JSON.nullNode());
            return new SampledFigure(PartWholeSampler.valuesOf(figure), PartWholeSampler.totalsByYear(figure));
        }
    }

    private static void checkDistinct(String what, SampledQuestion question, JsonNode figure) {
        Map<String, Long> sums = sumsByYear(figure);
        Map<String, Long> totals = totalsByYear(figure);
        if (COUNTRY_DIMENSIONS.contains(question.breakdown())) {
            assertThat(sums).as(what).isEqualTo(totals);
        }
        valuesOf(figure)
                .forEach((at, value) -> assertThat(value.longValueExact())
                        .as("%s at %s", what, at)
                        .isLessThanOrEqualTo(totals.getOrDefault(yearOf(at), 0L)));
        totals.forEach((year, total) ->
                assertThat(total).as("%s in %s", what, year).isLessThanOrEqualTo(sums.getOrDefault(year, 0L)));
    }

    /**
     * Checks the shares. By country, region or list the whole is all schools; by any other dimension it is the schools
     * at that code.
     */
    private static void checkShares(String what, SampledQuestion question, JsonNode figure, SampledFigure schools) {
        Map<JsonNode, BigDecimal> expected = new HashMap<>();
        schools.values()
                .forEach((at, value) -> expected.put(
                        at,
                        computeShare(
                                value,
                                COUNTRY_DIMENSIONS.contains(question.breakdown())
                                        ? BigDecimal.valueOf(schools.totals().getOrDefault(yearOf(at), 0L))
                                        : value)));
        Map<JsonNode, BigDecimal> shares = new HashMap<>();
        valuesOf(figure).forEach((at, value) -> shares.put(at, value.setScale(2)));
        assertThat(shares).as(what).isEqualTo(expected);
    }

    private static void checkTerms(SampledQuestion question, Map<String, JsonNode> figures) {
        Map<JsonNode, BigDecimal> sum = new HashMap<>();
        TERM_FIGURES.forEach(term ->
                SampledFigure.of(figures, term).values().forEach((at, value) -> sum.merge(at, value, BigDecimal::add)));
        assertThat(SampledFigure.of(figures, "cooperations").values())
                .as(question.toPath())
                .isEqualTo(sum);
    }

    /** Checks the components, which an answer without breakdown has. */
    private void checkComponents(String what, JsonNode figure, Map<String, JsonNode> figures, JsonNode answer) {
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
        assertThat(part).as(what).isEqualTo(schools.at("/items/0/value").decimalValue());
        assertThat(figure.at("/items/0/value").decimalValue().setScale(2))
                .as(what)
                .isEqualTo(computeShare(part, whole));
        rememberWhole("overseas-schools", figure.path("period").asText(), whole.longValueExact(), answer);
    }

    private static BigDecimal computeShare(BigDecimal part, BigDecimal whole) {
        return part.multiply(BigDecimal.valueOf(100)).divide(whole, 2, RoundingMode.HALF_UP);
    }

    private void rememberWhole(String code, JsonNode figure, JsonNode answer) {
        Map<String, Long> totals = totalsByYear(figure);
        String period = figure.path("period").asText();
        totals.forEach((year, total) -> rememberWhole(code, year.isEmpty() ? period : year, total, answer));
        if (TRAININGS.contains(code) && totals.size() > 1) {
            rememberWhole(
                    code,
                    period,
                    totals.values().stream().mapToLong(Long::longValue).sum(),
                    answer);
        }
    }

    private void rememberWhole(String code, String period, long whole, JsonNode answer) {
        StringBuilder key = new StringBuilder(code).append(' ').append(period);
        answer.at("/position/topics").properties().forEach(topic -> {
            String record = topic.getKey().substring(topic.getKey().indexOf('.') + 1);
            if (ADDITIVE_TOPICS.getOrDefault(code, List.of()).contains(record)) {
                key.append(' ').append(topic);
            }
        });
        Long said = wholes.putIfAbsent(key.toString(), whole);
        if (said != null) {
            assertThat(whole).as("%s", key).isEqualTo(said);
            agreed.merge(period, 1, Integer::sum);
        }
    }

    private static Map<JsonNode, BigDecimal> valuesOf(JsonNode figure) {
        Map<JsonNode, BigDecimal> values = new HashMap<>();
        for (JsonNode each : figure.path("items")) {
            ObjectNode at = each.deepCopy();
            values.put(at, at.remove("value").decimalValue());
        }
        return values;
    }

    private static String yearOf(JsonNode at) {
        return at.path("year").asText();
    }

    /** Returns sums by year, if the breakdown includes the year, without zeros. */
    private static Map<String, Long> sumsByYear(JsonNode figure) {
        Map<String, Long> sums = new TreeMap<>();
        valuesOf(figure).forEach((at, value) -> sums.merge(yearOf(at), value.longValueExact(), Long::sum));
        sums.values().removeIf(value -> value == 0);
        return sums;
    }

    private static Map<String, Long> totalsByYear(JsonNode figure) {
        Map<String, Long> totals = new TreeMap<>();
        for (JsonNode total : figure.path("totals")) {
            totals.put(yearOf(total), total.path("value").asLong());
        }
        totals.values().removeIf(value -> value == 0);
        return totals;
    }

    @Override
    public void close() {
        http.close();
    }
}
