package org.voyage.kit.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Creator of the service's missing topics; refuses to publish into existing ones of another shape. */
@ApplicationScoped
class OutboxTopics {

    private static final int ADMIN_TIMEOUT_SECONDS = 20;
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final int KAFKA_DEFAULT_MAX_BYTES = 1024 * 1024 + 12;

    private final String servers;
    private final OutboxConfig config;
    private boolean ensured;

    OutboxTopics(@ConfigProperty(name = "kafka.bootstrap.servers") String servers, OutboxConfig config) {
        this.servers = servers;
        this.config = config;
    }

    /**
     * Opens a reader of the service's own events; the caller closes it.
     *
     * @param meanwhile runs after each poll
     */
    LogTailReader openTailReader(Runnable meanwhile) {
        return new LogTailReader(servers, config, meanwhile);
    }

    /** Makes the next {@link #ensureTopics} look again: a topic is missing. */
    synchronized void forgetTopics() {
        ensured = false;
    }

    synchronized void ensureTopics() {
        if (ensured) {
            return;
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS,
                // The end of the client waits for its requests.
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS * 2))) {
            for (String topic : config.topics()) {
                if (!createTopic(admin, topic)) {
                    checkPartitions(admin, topic);
                    checkSize(admin, topic);
                }
            }
            ensured = true;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("topics " + config.topics(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @return false when the topic existed; a new topic cannot be described at once */
    private boolean createTopic(Admin admin, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        NewTopic topic = new NewTopic(name, config.partitions(), config.replication())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG, "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG, "-1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                String.valueOf(
                                        Math.max(KAFKA_DEFAULT_MAX_BYTES, CloudEventMapper.maxMessageBytes(config)))));
        try {
            admin.createTopics(List.of(topic)).all().get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            return false;
        }
    }

    private void checkPartitions(Admin admin, String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        TopicDescription topic = admin.describeTopics(List.of(name))
                .allTopicNames()
                .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .get(name);
        if (topic != null && topic.partitions().size() != config.partitions()) {
            throw new IllegalStateException("Topic %s has %d partitions, voyage.outbox.partitions says %d"
                    .formatted(name, topic.partitions().size(), config.partitions()));
        }
    }

    /**
     * Checks the size limit of a topic. The broker refuses a large event late, when later events of its key may be
     * published already.
     */
    private void checkSize(Admin admin, String name) throws ExecutionException, InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Config topic = admin.describeConfigs(List.of(resource))
                .all()
                .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .get(resource);
        ConfigEntry limit = topic == null ? null : topic.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (limit != null && Long.parseLong(limit.value()) < CloudEventMapper.maxMessageBytes(config)) {
            throw new IllegalStateException(
                    "Topic %s takes messages of up to %s bytes (max.message.bytes), voyage.outbox.max-event-bytes needs %d"
                            .formatted(name, limit.value(), CloudEventMapper.maxMessageBytes(config)));
        }
    }
}
