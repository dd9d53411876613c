package org.voyage.bench;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.voyage.bench.EnrolmentLog.Country;
import org.voyage.local.Platform;

/**
 * Measurement of a dashboard's queries, over a log of the given size and over a tenth of it. It measures the start of
 * indicators, a query compared with SQL over the evidence, and queries/s compared with a constant answer of that size.
 * It also measures bytes per cell, the drill-down from a cell to its records, and the effect of a preview on other
 * queries.
 */
class QuestionsBench {

    private static final String VALUES_PATH = "/v1/indicators/inbound-students/values";
    private static final String QUESTION_PATH =
            VALUES_PATH + "?by=year,region&level=higher-vocational&period=2015..2024";
    private static final int FIRST_YEAR = 2015;
    private static final int LAST_YEAR = 2024;
    private static final String VALUES_SQL = """
            with newest as materialized (
              select distinct on (province, source_id) after
                from evidence
               where record = 'inbound-enrolment'
               order by province, source_id, version desc),
            student as materialized (
              select after ->> 'nationality' as nationality, (after ->> 'startedOn')::date as started,
                     (after ->> 'endedOn')::date as ended
                from newest
               where after ->> 'level' = 'higher-vocational')
            select year || '/' || region, count(*)
              from generate_series(2015, 2024) year
              join student on started <= make_date(year, 12, 31)
                          and (ended is null or ended > make_date(year, 12, 31))
              join bench_country on code = nationality
             group by year, region
            """;

    private static final int ROUND_COUNT = 5;
    private static final int QUESTIONS_PER_ROUND = 40;
    private static final int PROVINCES_LEFT_OUT = 5;
    private static final int CONNECTIONS = 64;
    private static final int ROUND_SECONDS = 5;
    private static final int START_ROUNDS = 3;
    private static final double MAX_START_SECONDS = 12;
    private static final double MIN_SPEED_RATIO = 50;
    private static final double MIN_LOAD_RATIO = 0.25;
    private static final double MAX_BYTES_PER_CELL = 200;
    private static final double MAX_GROWTH_RATIO = 1.5;

    private final Platform platform;
    private final List<Country> countries;
    private final BaselineProcess baseline;
    private final LoadGenerator load;
    private final Random random = new Random(1);

    QuestionsBench(Platform platform, List<Country> countries, BaselineProcess baseline, LoadGenerator load) {
        this.platform = platform;
        this.countries = countries;
        this.baseline = baseline;
        this.load = load;
    }

    void runMeasurement(int events) throws Exception {
        BenchKafka kafka = new BenchKafka(platform);
        EnrolmentLog log = new EnrolmentLog(countries);
        kafka.createTopic(EnrolmentLog.TOPIC);
        try (IndicatorsService indicators = new IndicatorsService(platform);
                ServiceDatabase evidence = new ServiceDatabase(platform, "indicators")) {
            nameRegions(evidence);
            long empty = indicators.measureHeap();
            double few = measureLog(log, events / 10, kafka, indicators, evidence, empty);
            double many = measureLog(log, events, kafka, indicators, evidence, empty);
            measurePreviews(log, kafka, indicators);
            System.out.printf(
                    Locale.ROOT,
                    "ten times the facts: the same question takes %.2f times as long (aim: %.1f or less)%n",
                    many / few,
                    MAX_GROWTH_RATIO);
        }
    }

    /** Measures previews last, because events arrive meanwhile. */
    private void measurePreviews(EnrolmentLog log, BenchKafka kafka, IndicatorsService indicators) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                KafkaProducer<String, byte[]> producer = kafka.openProducer()) {
            new PreviewBench(indicators, log, producer, http, this::nextQuestion).runMeasurement();
        }
    }

    /** Returns the milliseconds of a query. */
    private double measureLog(
            EnrolmentLog log,
            int events,
            BenchKafka kafka,
            IndicatorsService indicators,
            ServiceDatabase evidence,
            long emptyHeap)
            throws Exception {
        log.publishUntil(kafka, events);
        evidence.awaitAtLeast("select coalesce(sum(next_offset), 0) from consumer_offset", events);
        evidence.runSql("analyze evidence");
        Map<String, Long> exact = countExactly(log);
        measureStarts(indicators, exact, countFacts(log));
        measureMemory(indicators, emptyHeap);
        double milliseconds = compareWithSql(indicators, evidence, exact);
        compareWithConstant(indicators);
        new EvidenceBench(indicators, evidence, countries).runMeasurement();
        return milliseconds;
    }

    /** Returns the number of active students at the end. */
    private static int countFacts(EnrolmentLog log) {
        AtomicInteger facts = new AtomicInteger();
        log.visitStudents(student -> facts.incrementAndGet());
        return facts.get();
    }

    private static Map<String, Long> countExactly(EnrolmentLog log) {
        Map<String, Long> exact = new HashMap<>();
        log.visitStudents(student -> {
            if (student.level().equals("higher-vocational")) {
                for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
                    if (student.enrolledOn(LocalDate.of(year, 12, 31))) {
                        exact.merge(year + "/" + student.nationality().region(), 1L, Long::sum);
                    }
                }
            }
        });
        return exact;
    }

    private static void measureStarts(IndicatorsService indicators, Map<String, Long> exact, int facts)
            throws IOException, InterruptedException {
        // A start begins with what a run has learned that ended in order.
        indicators.restartService();
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < START_ROUNDS; i++) {
            long killed = System.nanoTime();
            indicators.killService();
            Map<String, Long> values = IndicatorsService.parseValues(indicators.getJson(QUESTION_PATH));
            starts.add((System.nanoTime() - killed) / 1e9);
            IndicatorsService.requireEqualCounts("the answer after the start", values, exact);
        }
        System.out.printf(
                Locale.ROOT,
                "%,d facts: from kill -9 to exact figures %.1f s, median of %s (aim: %.0f s or less)%n",
                facts,
                RoundComparison.medianOf(starts),
                starts.stream()
                        .map(seconds -> String.format(Locale.ROOT, "%.1f", seconds))
                        .toList(),
                MAX_START_SECONDS);
    }

    private static void measureMemory(IndicatorsService indicators, long emptyHeap)
            throws IOException, InterruptedException {
        long heap = indicators.measureHeap() - emptyHeap;
        long cells = indicators.runProof();
        System.out.printf(
                Locale.ROOT,
                "memory: %,d MB more than without facts, %,d cells of all figures (proved): %,.0f bytes per cell"
                        + " (aim: below %.0f)%n",
                heap >> 20,
                cells,
                (double) heap / cells,
                MAX_BYTES_PER_CELL);
    }

    private double compareWithSql(IndicatorsService indicators, ServiceDatabase evidence, Map<String, Long> exact)
            throws IOException, InterruptedException, SQLException {
        RoundComparison rounds = new RoundComparison("question", "SQL", "/s", MIN_SPEED_RATIO);
        WarmUp.runUntilSteady(() -> measureQuestions(indicators));
        queryBySql(evidence);
        for (int round = 0; round < ROUND_COUNT; round++) {
            double perSecond = measureQuestions(indicators);
            long start = System.nanoTime();
            Map<String, Long> rows = queryBySql(evidence);
            rounds.addRound(perSecond, 1e9 / (System.nanoTime() - start));
            IndicatorsService.requireEqualCounts("the answer of SQL", rows, exact);
        }
        IndicatorsService.requireEqualCounts(
                "the answer", IndicatorsService.parseValues(indicators.getJson(QUESTION_PATH)), exact);
        rounds.printRounds();
        double milliseconds = 1000 / rounds.ourMedian();
        System.out.printf(Locale.ROOT, "a question by itself takes %.2f ms%n", milliseconds);
        return milliseconds;
    }

    /** Measures sequential queries, each without other provinces, so that no answer is a repeated one. */
    private double measureQuestions(IndicatorsService indicators) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String token = indicators.operatorToken();
            long start = System.nanoTime();
            for (int i = 0; i < QUESTIONS_PER_ROUND; i++) {
                HttpRequest question = HttpRequest.newBuilder(URI.create(indicators.url() + nextQuestion()))
                        .header("Authorization", "Bearer " + token)
                        .build();
                HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException("a question was not answered: " + answer.body());
                }
            }
            return QUESTIONS_PER_ROUND / ((System.nanoTime() - start) / 1e9);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String nextQuestion() {
        return QUESTION_PATH + "&province=" + drawProvinces();
    }

    private String drawProvinces() {
        List<String> provinces = new ArrayList<>(EnrolmentLog.PROVINCES);
        Collections.shuffle(provinces, random);
        return String.join(",", provinces.subList(PROVINCES_LEFT_OUT, provinces.size()));
    }

    private static Map<String, Long> queryBySql(ServiceDatabase evidence) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        try (Statement statement = evidence.openConnection().createStatement();
                ResultSet row = statement.executeQuery(VALUES_SQL)) {
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
            }
        }
        return rows;
    }

    private void nameRegions(ServiceDatabase evidence) throws SQLException {
        evidence.runSql("set work_mem = '512MB'");
        evidence.runSql("create temporary table bench_country (code text, region text)");
        try (PreparedStatement insert =
                evidence.openConnection().prepareStatement("insert into bench_country values (?, ?)")) {
            for (Country country : countries) {
                insert.setString(1, country.code());
                insert.setString(2, country.region());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        evidence.runSql("analyze bench_country");
    }

    private void compareWithConstant(IndicatorsService indicators) throws IOException, InterruptedException {
        String token = indicators.operatorToken();
        String answer = indicators.getJson(QUESTION_PATH);
        LoadGenerator.LoadCall question =
                new LoadGenerator.LoadCall(HttpMethod.GET, indicators.url() + QUESTION_PATH, token, null);
        LoadGenerator.LoadCall constant =
                new LoadGenerator.LoadCall(HttpMethod.GET, baseline.url() + "/constant", token, null);
        baseline.setConstantAnswer(answer);
        System.out.println("the answer has " + answer.getBytes(StandardCharsets.UTF_8).length + " bytes");
        RoundComparison rounds = new RoundComparison("question", "constant", "requests/s", MIN_LOAD_RATIO);
        WarmUp.runUntilSteady(() -> load.measureRate(CONNECTIONS, ROUND_SECONDS, question));
        WarmUp.runUntilSteady(() -> load.measureRate(CONNECTIONS, ROUND_SECONDS, constant));
        for (int round = 0; round < ROUND_COUNT; round++) {
            rounds.addRound(
                    load.measureRate(CONNECTIONS, ROUND_SECONDS, question),
                    load.measureRate(CONNECTIONS, ROUND_SECONDS, constant));
        }
        rounds.printRounds();
    }
}
