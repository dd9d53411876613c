package org.voyage.indicators.query;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.TestEventLog;

/**
 * Endless generator of changes: schools, their students and trainings, and cooperations are created, corrected,
 * withdrawn and restored.
 */
final class ChangeLoadGenerator implements AutoCloseable {

    private static final int CHANGES_PER_BATCH = 200;
    private static final int SCHOOLS = 150;
    private static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1);
    private static final int DAYS = 11 * 365;
    private static final List<String> PROVINCES = List.of("11", "12", "32", "51");
    private static final List<String> COUNTRIES = List.of("THA", "LAO", "KEN", "EGY", "FRA", "PER", "BHS");

    private final Random random = new Random(20_261_125);
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Integer> versions = new HashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final KafkaProducer<String, byte[]> producer = TestEventLog.createProducer();

    /** Sends every school, and this number of trainings on days of past years: many cells. */
    void sendHistory(int trainings) {
        for (String province : PROVINCES) {
            for (int i = 0; i < SCHOOLS; i++) {
                sendSchool(province, schoolId(i), "2015");
            }
        }
        for (int i = 0; i < trainings; i++) {
            String school = schoolId(random.nextInt(SCHOOLS));
            LocalDate day = FIRST_DAY.plusDays(random.nextInt(DAYS));
            sendState(
                    TestEventLog.TRAINING_TOPIC,
                    pickOne(PROVINCES),
                    school + "-H" + i,
                    trainingJson(school, day.toString()));
        }
        producer.flush();
    }

    void sendNext() {
        for (int i = 0; i < CHANGES_PER_BATCH; i++) {
            String province = pickOne(PROVINCES);
            String school = schoolId(random.nextInt(SCHOOLS));
            String year = String.valueOf(2015 + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> sendSchool(province, school, year);
                case 1 ->
                    sendState(
                            TestEventLog.HEADCOUNT_TOPIC,
                            province,
                            school + "-" + year,
                            TestEventLog.headcountJson(school, Integer.parseInt(year), random.nextInt(90)));
                case 2 ->
                    sendState(
                            TestEventLog.TRAINING_TOPIC,
                            province,
                            school + "-T",
                            trainingJson(school, year + "-05-02"));
                default ->
                    sendState(
                            pickOne(List.of(RecordStates.INSTITUTION_TOPIC, RecordStates.PROGRAMME_TOPIC)),
                            province,
                            school,
                            RecordStates.institutionJson(
                                    "4112000001",
                                    pickOne(List.of("DEU", "USA")),
                                    year + "-03-01",
                                    (Integer.parseInt(year) + random.nextInt(3)) + "-09-01"));
            }
        }
        producer.flush();
    }

    long sentEvents() {
        return sent.get();
    }

    private String schoolId(int number) {
        return "L-" + run + "-" + number;
    }

    private void sendSchool(String province, String school, String year) {
        sendState(
                TestEventLog.SCHOOL_TOPIC,
                province,
                school,
                TestEventLog.schoolJson(
                        pickOne(COUNTRIES),
                        pickOne(List.of("luban-workshop", "other")),
                        year + "-03-01",
                        random.nextInt(5) == 0 ? "2025-06-30" : null));
    }

    private String trainingJson(String school, String day) {
        return "{\"school\":\"%s\",\"startedOn\":\"%s\",\"people\":%d,\"days\":3}"
                .formatted(school, day, random.nextInt(40));
    }

    private void sendState(String topic, String province, String sourceId, String state) {
        String key = province + "/" + sourceId;
        int version = versions.merge(topic + key, 1, Integer::sum);
        boolean withdrawn = version > 1 && random.nextInt(6) == 0;
        String json = "{\"province\":\"%s\",\"sourceId\":\"%s\",\"version\":%d,\"change\":\"%s\",\"after\":%s}"
                .formatted(
                        province,
                        sourceId,
                        version,
                        withdrawn ? "withdrawn" : version == 1 ? "created" : "corrected",
                        withdrawn ? "null" : state);
        producer.send(new ProducerRecord<>(topic, key, json.getBytes(StandardCharsets.UTF_8)));
        sent.incrementAndGet();
    }

    private <T> T pickOne(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
