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
import org.voyage.indicators.EventLog;
import org.voyage.indicators.Records;

/** Schools, their students and trainings, and cooperations, begun, corrected, withdrawn and restored without end. */
final class ManyChanges implements AutoCloseable {

    private static final int AT_ONCE = 200;
    private static final int SCHOOLS = 150;
    private static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1);
    private static final int DAYS = 11 * 365;
    private static final List<String> PROVINCES = List.of("11", "12", "32", "51");
    private static final List<String> COUNTRIES = List.of("THA", "LAO", "KEN", "EGY", "FRA", "PER", "BHS");

    private final Random random = new Random(20_261_125);
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Integer> versions = new HashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final KafkaProducer<String, byte[]> producer = EventLog.producer();

    /** Every school, and so many trainings on days of past years: many cells. */
    void sendHistory(int trainings) {
        for (String province : PROVINCES) {
            for (int i = 0; i < SCHOOLS; i++) {
                sendSchool(province, school(i), "2015");
            }
        }
        for (int i = 0; i < trainings; i++) {
            String school = school(random.nextInt(SCHOOLS));
            LocalDate day = FIRST_DAY.plusDays(random.nextInt(DAYS));
            send(EventLog.TRAINING, pick(PROVINCES), school + "-H" + i, training(school, day.toString()));
        }
        producer.flush();
    }

    void send() {
        for (int i = 0; i < AT_ONCE; i++) {
            String province = pick(PROVINCES);
            String school = school(random.nextInt(SCHOOLS));
            String year = String.valueOf(2015 + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> sendSchool(province, school, year);
                case 1 ->
                    send(
                            EventLog.HEADCOUNT,
                            province,
                            school + "-" + year,
                            EventLog.headcount(school, Integer.parseInt(year), random.nextInt(90)));
                case 2 -> send(EventLog.TRAINING, province, school + "-T", training(school, year + "-05-02"));
                default ->
                    send(
                            pick(List.of(Records.INSTITUTION, Records.PROGRAMME)),
                            province,
                            school,
                            Records.institution(
                                    "4112000001",
                                    pick(List.of("DEU", "USA")),
                                    year + "-03-01",
                                    (Integer.parseInt(year) + random.nextInt(3)) + "-09-01"));
            }
        }
        producer.flush();
    }

    long sent() {
        return sent.get();
    }

    private String school(int number) {
        return "L-" + run + "-" + number;
    }

    private void sendSchool(String province, String school, String year) {
        send(
                EventLog.SCHOOL,
                province,
                school,
                EventLog.school(
                        pick(COUNTRIES),
                        pick(List.of("luban-workshop", "other")),
                        year + "-03-01",
                        random.nextInt(5) == 0 ? "2025-06-30" : null));
    }

    private String training(String school, String day) {
        return "{\"school\":\"%s\",\"startedOn\":\"%s\",\"people\":%d,\"days\":3}"
                .formatted(school, day, random.nextInt(40));
    }

    private void send(String topic, String province, String sourceId, String state) {
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

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
