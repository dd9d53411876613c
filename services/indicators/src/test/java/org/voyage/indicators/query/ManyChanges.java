package org.voyage.indicators.query;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.voyage.indicators.EventLog;

/** Schools, their students and trainings, opened, corrected, withdrawn and restored without end. */
final class ManyChanges implements AutoCloseable {

    private static final int AT_ONCE = 40;
    private static final int SCHOOLS = 150;
    private static final List<String> PROVINCES = List.of("11", "12", "32", "51");
    private static final List<String> COUNTRIES = List.of("THA", "LAO", "KEN", "EGY", "FRA", "PER", "BHS");

    private final Random random = new Random(20_261_125);
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Integer> versions = new HashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final KafkaProducer<String, byte[]> producer = EventLog.producer();

    void send() {
        for (int i = 0; i < AT_ONCE; i++) {
            String province = pick(PROVINCES);
            String school = "L-" + run + "-" + random.nextInt(SCHOOLS);
            String year = String.valueOf(2015 + random.nextInt(12));
            switch (random.nextInt(3)) {
                case 0 ->
                    send(
                            EventLog.SCHOOL,
                            province,
                            school,
                            EventLog.school(
                                    pick(COUNTRIES),
                                    pick(List.of("luban-workshop", "other")),
                                    year + "-03-01",
                                    random.nextInt(5) == 0 ? "2025-06-30" : null));
                case 1 ->
                    send(
                            EventLog.HEADCOUNT,
                            province,
                            school + "-" + year,
                            EventLog.headcount(school, Integer.parseInt(year), random.nextInt(90)));
                default ->
                    send(
                            EventLog.TRAINING,
                            province,
                            school + "-T",
                            "{\"school\":\"%s\",\"startedOn\":\"%s-05-02\",\"people\":%d,\"days\":3}"
                                    .formatted(school, year, random.nextInt(40)));
            }
        }
        producer.flush();
    }

    long sent() {
        return sent.get();
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
