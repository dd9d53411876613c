package org.voyage.kit.outbox;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;
import org.voyage.kit.log.TopicDurability;

/** Creator of the service's missing topics; refuses to publish into existing ones of another shape. */
@ApplicationScoped
class OutboxTopics {

    private static final Logger LOG = Logger.getLogger(OutboxTopics.class);
    private static final int ADMIN_TIMEOUT_SECONDS = 20;
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final int KAFKA_DEFAULT_MAX_BYTES = 1024 * 1024 + 12;

    private final Map<String, Object> kafka;
    private final OutboxConfig config;
    private boolean ensured;
    private volatile List<String> weakTopics = List.of();

    /** @param kafka settings of the connection */
    OutboxTopics(@Identifier("default-kafka-broker") Map<String, Object> kafka, OutboxConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    /**
     * Opens a reader of the service's own events; the caller closes it.
     *
     * @param meanwhile runs after each poll
     */
    LogTailReader openTailReader(Runnable meanwhile) {
        return new LogTailReader(kafka, config, meanwhile);
    }

    /** Makes the next {@link #ensureTopics} look again: a topic is missing. */
    synchronized void forgetTopics() {
        ensured = false;
    }

    synchronized void ensureTopics() {
        if (ensured) {
            return;
        }
        try (Admin admin = openAdmin()) {
            List<String> weak = new ArrayList<>();
            for (String topic : config.topics()) {
                if (!createTopic(admin, topic)) {
                    TopicDescription found = describeTopic(admin, topic);
                    Config settings = describeSettings(admin, topic);
                    checkPartitions(found);
                    checkSize(topic, settings);
                    findWeakness(found, settings).ifPresent(weakness -> {
                        LOG.warnf("Relay: topic %s may lose acknowledged events: %s", topic, weakness);
                        weak.add(topic);
                    });
                }
            }
            weakTopics = List.copyOf(weak);
            ensured = true;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("topics " + config.topics(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Returns the topics that may lose acknowledged events when one broker is lost, as of the last start: they have fewer
     * replicas than {@code voyage.outbox.replication}, or acknowledge an event that one replica of three has.
     */
    List<String> weakTopics() {
        return weakTopics;
    }

    /** Returns the offset after the last event of each partition of the topics that exist, also of open transactions. */
    Map<TopicPartition, Long> findEnds() {
        try (Admin admin = openAdmin()) {
            Set<String> existing = admin.listTopics().names().get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (String topic : config.topics()) {
                for (int partition = 0; existing.contains(topic) && partition < config.partitions(); partition++) {
                    partitions.put(new TopicPartition(topic, partition), OffsetSpec.latest());
                }
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(partitions)
                    .all()
                    .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .forEach((partition, end) -> ends.put(partition, end.offset()));
            return ends;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("ends of " + config.topics(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Admin openAdmin() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        // The end of the client waits for its requests.
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS * 2);
        return Admin.create(settings);
    }

    /** Returns the settings of a new topic: nothing expires, and what is acknowledged outlives the loss of one broker. */
    NewTopic newTopic(String name) {
        Map<String, String> settings = new HashMap<>(TopicDurability.settingsOf(config.replication()));
        settings.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        settings.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        settings.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(Math.max(KAFKA_DEFAULT_MAX_BYTES, CloudEventMapper.maxMessageBytes(config))));
        return new NewTopic(name, config.partitions(), config.replication()).configs(settings);
    }

    /** @return false when the topic existed; a new topic cannot be described at once */
    private boolean createTopic(Admin admin, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            admin.createTopics(List.of(newTopic(name))).all().get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            return false;
        }
    }

    private static TopicDescription describeTopic(Admin admin, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        return Objects.requireNonNull(admin.describeTopics(List.of(name))
                .allTopicNames()
                .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .get(name));
    }

    private static Config describeSettings(Admin admin, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        return Objects.requireNonNull(admin.describeConfigs(List.of(resource))
                .all()
                .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .get(resource));
    }

    private void checkPartitions(TopicDescription topic) {
        if (topic.partitions().size() != config.partitions()) {
            throw new IllegalStateException("Topic %s has %d partitions, voyage.outbox.partitions says %d"
                    .formatted(topic.name(), topic.partitions().size(), config.partitions()));
        }
    }

    /**
     * Checks the size limit of a topic. The broker refuses a large event late, and with it a whole transaction.
     */
    private void checkSize(String name, Config settings) {
        ConfigEntry limit = settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (limit != null && Long.parseLong(limit.value()) < CloudEventMapper.maxMessageBytes(config)) {
            throw new IllegalStateException(
                    "Topic %s takes messages of up to %s bytes (max.message.bytes), voyage.outbox.max-event-bytes needs %d"
                            .formatted(name, limit.value(), CloudEventMapper.maxMessageBytes(config)));
        }
    }

    private Optional<String> findWeakness(TopicDescription topic, Config settings) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        if (replicas < config.replication()) {
            return Optional.of(
                    "it has %d replicas, voyage.outbox.replication says %d".formatted(replicas, config.replication()));
        }
        ConfigEntry inSync = settings.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        int required = TopicDurability.requiredInSync(replicas);
        if (inSync != null && Integer.parseInt(inSync.value()) < required) {
            return Optional.of("min.insync.replicas is %s, set it to %d".formatted(inSync.value(), required));
        }
        return Optional.empty();
    }
}
