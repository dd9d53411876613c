package org.voyage.bench;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.voyage.local.Platform;

/**
 * Measurement of the relay's events/s from a full outbox. The baseline is a plain producer that has the same messages
 * (key, headers, JSON) ready in memory.
 */
class RelayBench {

    private static final int ROUND_COUNT = 5;
    private static final String PLAIN_TOPIC = "bench.plain";
    private static final String FILL_OUTBOX_SQL = """
            insert into outbox (topic, partition, key, event_id, type, time, data)
            select 'overseas.overseas-school', g %% 6, '12/BENCH-' || g, gen_random_uuid(),
                   'org.voyage.overseas-school.changed.v1', clock_timestamp(),
                   '{"province":"12","sourceId":"BENCH-' || g || '","version":1,"change":"created","cause":{"kind":"batch",'
                   || '"id":"' || gen_random_uuid() || '","actor":"bureau-12","reason":null},"recordedAt":"'
                   || to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","before":null,"after":{"name":"境外办学机构'
                   || g || '","nameEn":"Overseas School ' || g || '","brand":"luban-workshop","tier":"workshop",'
                   || '"form":"training-centre","hostCountry":"THA","hostCity":"大城","foundingColleges":["4112012345"],'
                   || '"foreignPartners":[{"name":"大城技术学院","country":"THA"}],"majors":["460301","500101"],'
                   || '"status":"open","openedOn":"2016-03-08"}}'
              from generate_series(1, %d) g""";

    private final Platform platform;
    private final BenchKafka kafka;

    RelayBench(Platform platform) {
        this.platform = platform;
        this.kafka = new BenchKafka(platform);
    }

    void runMeasurement(int events) throws Exception {
        RoundComparison rounds = new RoundComparison("relay", "plain producer", "events/s", 0.5);
        try (ServiceDatabase database = new ServiceDatabase(platform, "overseas")) {
            kafka.createTopic(PLAIN_TOPIC);
            for (int round = 0; round <= ROUND_COUNT; round++) {
                double relay = measureRelay(database, events);
                double plain = measurePlainProducer(readPayloads(database, events));
                // The first warms both up.
                if (round > 0) {
                    rounds.addRound(relay, plain);
                }
            }
        }
        rounds.printRounds();
    }

    /** Takes the lease away while the outbox fills, gives it back and watches the cursor. */
    private double measureRelay(ServiceDatabase database, int events) throws SQLException, InterruptedException {
        database.runSql("update outbox_relay set holder = 'bench', epoch = epoch + 1,"
                + " leased_until = clock_timestamp() + interval '1 h'");
        database.runSql(FILL_OUTBOX_SQL.formatted(events));
        database.runSql("update outbox_relay set leased_until = '-infinity'");
        database.awaitAtLeast("select count(*) from outbox_relay where holder <> 'bench'", 1);
        long start = System.nanoTime();
        database.awaitAtLeast(
                "select r.position from outbox_relay r",
                database.queryNumber("select last_value from outbox_position"));
        return events / ((System.nanoTime() - start) / 1e9);
    }

    private record RelayPayload(String key, byte[] data, List<Header> headers) {}

    private static List<RelayPayload> readPayloads(ServiceDatabase database, int events) throws SQLException {
        List<RelayPayload> payloads = new ArrayList<>(events);
        database.openConnection().setAutoCommit(false);
        try (Statement statement = database.openConnection().createStatement()) {
            statement.setFetchSize(10_000);
            try (ResultSet row = statement.executeQuery(
                    "select key, data, position from outbox order by position desc limit " + events)) {
                while (row.next()) {
                    payloads.add(new RelayPayload(
                            row.getString(1),
                            row.getBytes(2),
                            EventHeaders.headersOf("overseas", "overseas-school", row.getString(1), row.getLong(3))));
                }
            }
        }
        database.openConnection().setAutoCommit(true);
        return payloads;
    }

    private double measurePlainProducer(List<RelayPayload> payloads) {
        try (KafkaProducer<String, byte[]> producer = kafka.openProducer()) {
            producer.partitionsFor(PLAIN_TOPIC);
            long start = System.nanoTime();
            for (RelayPayload payload : payloads) {
                producer.send(
                        new ProducerRecord<>(PLAIN_TOPIC, null, null, payload.key, payload.data, payload.headers));
            }
            producer.flush();
            return payloads.size() / ((System.nanoTime() - start) / 1e9);
        }
    }
}
