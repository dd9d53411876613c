package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaNodeIT {
    private static final TopicPartition KEPT_PARTITION = new TopicPartition("kept", 0);

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereAfterKill9AndAfterARestart() throws Exception {
        try (KafkaNode node =
                KafkaNode.start(folder.resolve("kafka"), LoopbackPorts.findFreePort(), LoopbackPorts.findFreePort())) {
            createTopic(node);
            for (int round = 1; round <= 2; round++) {
                sendMessages(node, 200);
                node.killProcess();
                node.awaitReady();
                assertThat(endOffset(node)).isEqualTo(200L * round);
            }
            node.restartBroker();
            assertThat(endOffset(node)).isEqualTo(400);
        }
        try (KafkaNode again =
                KafkaNode.start(folder.resolve("kafka"), LoopbackPorts.findFreePort(), LoopbackPorts.findFreePort())) {
            assertThat(endOffset(again)).isEqualTo(400);
        }
    }

    @Test
    void theBrokerStartsWithoutTheIssuerAndAlliancesReadAsSoonAsItIsThere() throws Exception {
        int issuerPort = LoopbackPorts.findFreePort();
        AllianceListener listener =
                new AllianceListener(LoopbackPorts.findFreePort(), "http://localhost:" + issuerPort);
        Path keys = folder.resolve("issuer");
        String token = signAlone(keys, listener.issuer(), "alliance-WFCP");
        try (KafkaNode node = startNode(listener)) {
            createTopic(node);
            sendMessages(node, 3);
            Map<String, Object> alliance = GivenTokenLogin.settingsFor(listener.bootstrapServers(), token);
            assertThatThrownBy(() -> readTopics(alliance)).hasRootCauseInstanceOf(SaslAuthenticationException.class);
            allowAlliance(node, "WFCP");

            try (TokenIssuer issuer = TokenIssuer.start(keys, issuerPort)) {
                assertThat(issuer.url()).isEqualTo(listener.issuer());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(countMessages(alliance)).isEqualTo(3));
            }
        }
    }

    @Test
    void noClaimOfATokenNamesTheSuperUser() throws Exception {
        Path keys = folder.resolve("issuer");
        try (TokenIssuer issuer = TokenIssuer.start(keys, LoopbackPorts.findFreePort())) {
            AllianceListener listener = new AllianceListener(LoopbackPorts.findFreePort(), issuer.url());
            try (KafkaNode node = startNode(listener)) {
                createTopic(node);
                for (String subject : List.of("ANONYMOUS", "User:ANONYMOUS", "bureau-12", "alliance-WFCP\nx")) {
                    String token = signAlone(keys, issuer.url(), subject);
                    assertThatThrownBy(
                                    () -> readTopics(GivenTokenLogin.settingsFor(listener.bootstrapServers(), token)))
                            .as(subject)
                            .hasRootCauseInstanceOf(SaslAuthenticationException.class);
                }
                String stranger = signAlone(keys, issuer.url(), "alliance-OTHER");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(
                                        readTopics(GivenTokenLogin.settingsFor(listener.bootstrapServers(), stranger)))
                                .isEmpty());
            }
        }
    }

    private KafkaNode startNode(AllianceListener listener) {
        return KafkaNode.startNonDurable(
                folder.resolve("kafka"), LoopbackPorts.findFreePort(), LoopbackPorts.findFreePort(), listener);
    }

    /** Returns a token that an issuer with these keys would give, also while no issuer runs. */
    private static String signAlone(Path keys, String issuer, String subject) throws Exception {
        return new TokenSigner(SigningKey.loadOrCreate(keys), issuer, Clock.systemUTC())
                .signToken(TokenIssuer.AUDIENCE, Duration.ofHours(1), Map.of("sub", subject));
    }

    private static void createTopic(KafkaNode node) throws Exception {
        try (Admin admin = Admin.create(config(node))) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void allowAlliance(KafkaNode node, String code) throws Exception {
        try (Admin admin = Admin.create(config(node))) {
            admin.createAcls(List.of(new AclBinding(
                            new ResourcePattern(ResourceType.TOPIC, "kept", PatternType.LITERAL),
                            new AccessControlEntry(
                                    "User:alliance-" + code, "*", AclOperation.READ, AclPermissionType.ALLOW))))
                    .all()
                    .get();
        }
    }

    private static Set<String> readTopics(Map<String, Object> settings) throws Exception {
        try (Admin admin = Admin.create(settings)) {
            return admin.listTopics().names().get(20, TimeUnit.SECONDS);
        }
    }

    private static int countMessages(Map<String, Object> settings) {
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(KEPT_PARTITION));
            consumer.seekToBeginning(List.of(KEPT_PARTITION));
            return consumer.poll(Duration.ofSeconds(5)).count();
        }
    }

    private static Map<String, Object> config(KafkaNode node) {
        return Map.of("bootstrap.servers", node.bootstrapServers(), "acks", "all");
    }

    private static void sendMessages(KafkaNode node, int count) throws Exception {
        try (var producer = new KafkaProducer<>(config(node), new StringSerializer(), new StringSerializer())) {
            for (int i = 1; i < count; i++) {
                var unused = producer.send(new ProducerRecord<>("kept", "key", "value"));
            }
            producer.flush();
            producer.send(new ProducerRecord<>("kept", "key", "last")).get();
        }
    }

    private static long endOffset(KafkaNode node) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
            return admin.listOffsets(Map.of(KEPT_PARTITION, OffsetSpec.latest()))
                    .partitionResult(KEPT_PARTITION)
                    .get()
                    .offset();
        }
    }
}
