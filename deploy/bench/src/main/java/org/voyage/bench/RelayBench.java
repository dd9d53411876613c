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
 * The relay's events/s from a full outbox, beside a plain producer that has the same messages (key, headers, JSON)
 * ready in memory.
 */
class RelayBench {

    private static final int ROUNDS = 5;
    private static final String PLAIN = "bench.plain";
    private static final String FILL = """
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
    private final Kafka kafka;

    RelayBench(Platform platform) {
        this.platform = platform;
        this.kafka = new Kafka(platform);
    }

    void run(int events) throws Exception {
        Rounds rounds = new Rounds("relay", "plain producer", "events/s", 0.5);
        try (Database database = new Database(platform, "overseas")) {
            kafka.create(PLAIN);
            for (int round = 0; round <= ROUNDS; round++) {
                double relay = relay(database, events);
                double plain = plain(payloads(database, events));
                // The first warms both up.
                if (round > 0) {
                    rounds.add(relay, plain);
                }
            }
        }
        rounds.print();
    }

    /** Takes the lease away while the outbox fills, gives it back and watches the cursor. */
    private double relay(Database database, int events) throws SQLException, InterruptedException {
        database.run("update outbox_relay set holder = 'bench', epoch = epoch + 1,"
                + " leased_until = clock_timestamp() + interval '1 h'");
        database.run(FILL.formatted(events));
        database.run("update outbox_relay set leased_until = '-infinity'");
        database.awaitAtLeast("select count(*) from outbox_relay where holder <> 'bench'", 1);
        long start = System.nanoTime();
        database.awaitAtLeast(
                "select r.position from outbox_relay r", database.number("select last_value from outbox_position"));
        return events / ((System.nanoTime() - start) / 1e9);
    }

    private record Payload(String key, byte[] data, List<Header> headers) {}

    private static List<Payload> payloads(Database database, int events) throws SQLException {
        List<Payload> payloads = new ArrayList<>(events);
        database.connection().setAutoCommit(false);
        try (Statement statement = database.connection().createStatement()) {
            statement.setFetchSize(10_000);
            try (ResultSet row = statement.executeQuery(
                    "select key, data, position from outbox order by position desc limit " + events)) {
                while (row.next()) {
                    payloads.add(new Payload(
                            row.getString(1),
                            row.getBytes(2),
                            EventHeaders.of("overseas", "overseas-school", row.getString(1), row.getLong(3))));
                }
            }
        }
        database.connection().setAutoCommit(true);
        return payloads;
    }

    private double plain(List<Payload> payloads) {
        try (KafkaProducer<String, byte[]> producer = kafka.producer()) {
            producer.partitionsFor(PLAIN);
            long start = System.nanoTime();
            for (Payload payload : payloads) {
                producer.send(new ProducerRecord<>(PLAIN, null, null, payload.key, payload.data, payload.headers));
            }
            producer.flush();
            return payloads.size() / ((System.nanoTime() - start) / 1e9);
        }
    }
}
