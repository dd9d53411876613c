package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class RealBackendsIT {
    @Test
    void everyDatabaseIsOpenToTheRoleOfItsName() throws Exception {
        for (String database : TestServers.DATABASES) {
            try (var connection = DriverManager.getConnection(
                            TestServers.jdbcUrl(database), database, TestServers.passwordOf(database));
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "select current_user, current_setting('server_version_num')::int / 10000,"
                                    + " current_setting('fsync'), current_setting('synchronous_commit')")) {
                assertThat(row.next()).isTrue();
                assertThat(List.of(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)))
                        .containsExactly(database, 18, "off", "on");
            }
        }
    }

    @Test
    void theReaderSeesEveryRecordOfATopicInOrder() throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", TestServers.bootstrapServers());
        // One request at a time: a new partition refuses briefly, and later records must not overtake a refused one.
        Map<String, Object> inOrder =
                Map.of("bootstrap.servers", TestServers.bootstrapServers(), "max.in.flight.requests.per.connection", 1);
        try (Admin admin = Admin.create(config);
                var producer = new KafkaProducer<>(inOrder, new StringSerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic("reader", 2, (short) 1)))
                    .all()
                    .get();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                byte[] content = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>("reader", "key-" + i % 7, content)));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
        List<Integer> ofOneKey = KafkaTopicReader.readAll("reader").stream()
                .filter(record -> record.key().equals("key-3"))
                .map(record -> Integer.valueOf(new String(record.value(), StandardCharsets.UTF_8)))
                .toList();
        assertThat(KafkaTopicReader.readAll("reader")).hasSize(100);
        assertThat(ofOneKey).isSorted().hasSize(14);
        assertThat(KafkaTopicReader.readAll("no-such-topic")).isEmpty();
    }

    @Test
    void eachRoleGetsATokenThatSaysWhoItIs() {
        assertThat(TokenReader.claims(TestTokens.bureauToken("12")))
                .contains("\"province\":\"12\"")
                .contains("\"roles\":[\"bureau\"]")
                .contains("\"sub\":\"bureau-12\"")
                .contains("\"aud\":\"voyage\"")
                .contains("\"iss\":\"" + TestServers.issuer() + "\"");
        assertThat(TokenReader.claims(TestTokens.allianceToken("WFCP"))).contains("\"alliance\":\"WFCP\"");
        assertThat(TokenReader.claims(TestTokens.operatorToken())).contains("\"roles\":[\"operator\"]");
        assertThat(TokenReader.claims(TestTokens.auditorToken())).contains("\"roles\":[\"auditor\"]");
        assertThat(TokenReader.claims(TestTokens.privacyOfficerToken())).contains("\"roles\":[\"privacy-officer\"]");
    }

    private static final class TokenReader {
        static String claims(String token) {
            return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        }
    }
}
