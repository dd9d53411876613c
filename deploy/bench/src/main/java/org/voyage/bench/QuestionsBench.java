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
import java.time.Duration;
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
 * What a dashboard asks, over a log of so many events and over a tenth of it: how long indicators take to start, how long
 * a question takes beside the same question as SQL over the evidence, how many questions a second beside a constant answer
 * of that size, how many bytes a cell takes, how long it takes to open one down to its records, and what a preview of
 * changes costs those who ask meanwhile.
 */
class QuestionsBench {

    private static final String PATH = "/v1/indicators/inbound-students/values";
    private static final String QUESTION = PATH + "?by=year,region&level=higher-vocational&period=2015..2024";
    private static final int FIRST = 2015;
    private static final int LAST = 2024;
    private static final String SQL = """
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

    private static final int ROUNDS = 5;
    private static final int QUESTIONS = 40;
    private static final int LEFT_OUT = 5;
    private static final int CONNECTIONS = 64;
    private static final int SECONDS = 5;
    private static final int STARTS = 3;
    private static final double START_AIM = 10;
    private static final double FASTER_AIM = 50;
    private static final double LOAD_AIM = 0.25;
    private static final double BYTES_AIM = 200;
    private static final double GROWTH_AIM = 1.5;

    private final Platform platform;
    private final List<Country> countries;
    private final Baseline baseline;
    private final Load load;
    private final Random random = new Random(1);

    QuestionsBench(Platform platform, List<Country> countries, Baseline baseline, Load load) {
        this.platform = platform;
        this.countries = countries;
        this.baseline = baseline;
        this.load = load;
    }

    void run(int events) throws Exception {
        Kafka kafka = new Kafka(platform);
        EnrolmentLog log = new EnrolmentLog(countries);
        kafka.create(EnrolmentLog.TOPIC);
        try (Indicators indicators = new Indicators(platform);
                Database evidence = new Database(platform, "indicators")) {
            nameRegions(evidence);
            long empty = indicators.heap();
            double few = measure(log, events / 10, kafka, indicators, evidence, empty);
            double many = measure(log, events, kafka, indicators, evidence, empty);
            previews(log, kafka, indicators);
            System.out.printf(
                    Locale.ROOT,
                    "ten times the facts: the same question takes %.2f times as long (aim: %.1f or less)%n",
                    many / few,
                    GROWTH_AIM);
        }
    }

    /** Last, for events come meanwhile. */
    private void previews(EnrolmentLog log, Kafka kafka, Indicators indicators) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                KafkaProducer<String, byte[]> producer = kafka.producer()) {
            new Previews(indicators, log, producer, http, this::newQuestion).run();
        }
    }

    /** Returns the milliseconds that a question takes. */
    private double measure(
            EnrolmentLog log, int events, Kafka kafka, Indicators indicators, Database evidence, long emptyHeap)
            throws Exception {
        log.publish(kafka, events);
        evidence.awaitAtLeast("select coalesce(sum(next_offset), 0) from consumer_offset", events);
        evidence.run("analyze evidence");
        Map<String, Long> exact = exact(log);
        start(indicators, exact, facts(log));
        memory(indicators, emptyHeap);
        double milliseconds = besideSql(indicators, evidence, exact);
        besideConstant(indicators);
        new EvidenceQuestions(indicators, evidence, countries).run();
        return milliseconds;
    }

    /** Students that stand at the end. */
    private static int facts(EnrolmentLog log) {
        AtomicInteger facts = new AtomicInteger();
        log.count(student -> facts.incrementAndGet());
        return facts.get();
    }

    private static Map<String, Long> exact(EnrolmentLog log) {
        Map<String, Long> exact = new HashMap<>();
        log.count(student -> {
            if (student.level().equals("higher-vocational")) {
                for (int year = FIRST; year <= LAST; year++) {
                    if (student.enrolledOn(LocalDate.of(year, 12, 31))) {
                        exact.merge(year + "/" + student.nationality().region(), 1L, Long::sum);
                    }
                }
            }
        });
        return exact;
    }

    private static void start(Indicators indicators, Map<String, Long> exact, int facts)
            throws IOException, InterruptedException {
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            Duration ready = indicators.restart();
            long asked = System.nanoTime();
            Map<String, Long> values = Indicators.values(indicators.get(QUESTION));
            starts.add((ready.toNanos() + System.nanoTime() - asked) / 1e9);
            Indicators.requireEqual("the answer after the start", values, exact);
        }
        System.out.printf(
                Locale.ROOT,
                "%,d facts: from the start of the process to exact figures %.1f s, median of %s (aim: %.0f s or less)%n",
                facts,
                Rounds.median(starts),
                starts.stream()
                        .map(seconds -> String.format(Locale.ROOT, "%.1f", seconds))
                        .toList(),
                START_AIM);
    }

    private static void memory(Indicators indicators, long emptyHeap) throws IOException, InterruptedException {
        long heap = indicators.heap() - emptyHeap;
        long cells = indicators.provedCells();
        System.out.printf(
                Locale.ROOT,
                "memory: %,d MB more than without facts, %,d cells of all figures (proved): %,.0f bytes per cell"
                        + " (aim: below %.0f)%n",
                heap >> 20,
                cells,
                (double) heap / cells,
                BYTES_AIM);
    }

    private double besideSql(Indicators indicators, Database evidence, Map<String, Long> exact)
            throws IOException, InterruptedException, SQLException {
        Rounds rounds = new Rounds("question", "SQL", "/s", FASTER_AIM);
        WarmUp.steady(() -> questions(indicators));
        sql(evidence);
        for (int round = 0; round < ROUNDS; round++) {
            double perSecond = questions(indicators);
            long start = System.nanoTime();
            Map<String, Long> rows = sql(evidence);
            rounds.add(perSecond, 1e9 / (System.nanoTime() - start));
            Indicators.requireEqual("the answer of SQL", rows, exact);
        }
        Indicators.requireEqual("the answer", Indicators.values(indicators.get(QUESTION)), exact);
        rounds.print();
        double milliseconds = 1000 / rounds.ourMedian();
        System.out.printf(Locale.ROOT, "a question by itself takes %.2f ms%n", milliseconds);
        return milliseconds;
    }

    /** One after the other, each of its own: without some provinces, so that no answer can be one that was given before. */
    private double questions(Indicators indicators) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String token = indicators.token();
            long start = System.nanoTime();
            for (int i = 0; i < QUESTIONS; i++) {
                HttpRequest question = HttpRequest.newBuilder(URI.create(indicators.url() + newQuestion()))
                        .header("Authorization", "Bearer " + token)
                        .build();
                HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException("a question was not answered: " + answer.body());
                }
            }
            return QUESTIONS / ((System.nanoTime() - start) / 1e9);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String newQuestion() {
        return QUESTION + "&province=" + someProvinces();
    }

    private String someProvinces() {
        List<String> provinces = new ArrayList<>(EnrolmentLog.PROVINCES);
        Collections.shuffle(provinces, random);
        return String.join(",", provinces.subList(LEFT_OUT, provinces.size()));
    }

    private static Map<String, Long> sql(Database evidence) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        try (Statement statement = evidence.connection().createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
            }
        }
        return rows;
    }

    private void nameRegions(Database evidence) throws SQLException {
        evidence.run("set work_mem = '512MB'");
        evidence.run("create temporary table bench_country (code text, region text)");
        try (PreparedStatement insert =
                evidence.connection().prepareStatement("insert into bench_country values (?, ?)")) {
            for (Country country : countries) {
                insert.setString(1, country.code());
                insert.setString(2, country.region());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        evidence.run("analyze bench_country");
    }

    private void besideConstant(Indicators indicators) throws IOException, InterruptedException {
        String token = indicators.token();
        String answer = indicators.get(QUESTION);
        Load.Call question = new Load.Call(HttpMethod.GET, indicators.url() + QUESTION, token, null);
        Load.Call constant = new Load.Call(HttpMethod.GET, baseline.url() + "/constant", token, null);
        baseline.answerWith(answer);
        System.out.println("the answer has " + answer.getBytes(StandardCharsets.UTF_8).length + " bytes");
        Rounds rounds = new Rounds("question", "constant", "requests/s", LOAD_AIM);
        WarmUp.steady(() -> load.sound(CONNECTIONS, SECONDS, question));
        WarmUp.steady(() -> load.sound(CONNECTIONS, SECONDS, constant));
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(load.sound(CONNECTIONS, SECONDS, question), load.sound(CONNECTIONS, SECONDS, constant));
        }
        rounds.print();
    }
}
