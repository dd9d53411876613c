package org.voyage.feeds.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.voyage.kit.log.TopicDurability;

/**
 * Provisioner of topics, access rules and quotas: makes Kafka equal to the wanted state, and touches nothing that is not of a
 * feed or an alliance. For one thread.
 */
final class FeedTopicProvisioner implements AutoCloseable {

    private static final int TIME_LIMIT_MILLIS = 10_000;
    private static final String USER = "User:";
    private static final String KEPT = "-1";
    private static final double NO_WRITES_BYTES_PER_SECOND = 1024;

    private final Admin admin;
    private final FeedTopicConfig config;
    private final short replication;
    private final Duration retention;

    /** @param retention of events */
    FeedTopicProvisioner(Map<String, Object> kafka, FeedTopicConfig config, short replication, Duration retention) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "feed-topics-admin");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIME_LIMIT_MILLIS / 2);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIME_LIMIT_MILLIS);
        this.admin = Admin.create(settings);
        this.config = config;
        this.replication = replication;
        this.retention = retention;
    }

    /** Returns the topics of feeds that exist. */
    Set<String> listTopics() {
        return await(admin.listTopics().names()).stream()
                .filter(FeedTopicNames::isFeedTopic)
                .collect(Collectors.toSet());
    }

    /** Creates missing topics. @return the ids of the wanted topics by name */
    Map<String, String> ensureTopics(Set<String> listed, Collection<FeedTopic> wanted) {
        Map<String, String> ids = new HashMap<>();
        Set<String> names = namesOf(wanted);
        List<String> known = names.stream().filter(listed::contains).toList();
        for (TopicDescription each :
                await(admin.describeTopics(known).allTopicNames()).values()) {
            ids.put(each.name(), each.topicId().toString());
        }
        List<NewTopic> missing = names.stream()
                .filter(name -> !listed.contains(name))
                .map(name -> new NewTopic(name, 1, replication)
                        .configs(FeedTopicNames.isStateTopic(name) ? stateTopicSettings() : eventTopicSettings()))
                .toList();
        CreateTopicsResult created = admin.createTopics(missing);
        for (NewTopic each : missing) {
            ids.put(each.name(), await(created.topicId(each.name())).toString());
        }
        return ids;
    }

    private static Set<String> namesOf(Collection<FeedTopic> topics) {
        Set<String> names = new TreeSet<>();
        for (FeedTopic each : topics) {
            names.add(each.name());
            names.add(each.stateName());
        }
        return names;
    }

    private Map<String, String> eventTopicSettings() {
        Map<String, String> settings = commonSettings();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        return settings;
    }

    private Map<String, String> stateTopicSettings() {
        Map<String, String> settings = commonSettings();
        // Kafka deletes messages on demand only where a policy names deletion.
        settings.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, KEPT);
        settings.put(TopicConfig.RETENTION_BYTES_CONFIG, KEPT);
        // A reader that was away for as long as events are kept misses no deletion.
        settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        settings.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(segmentMillis()));
        return settings;
    }

    private Map<String, String> commonSettings() {
        Map<String, String> settings = new HashMap<>(TopicDurability.settingsOf(replication));
        settings.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(segmentMillis()));
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(FeedTopicWriter.MAX_MESSAGE_BYTES));
        return settings;
    }

    /** Only whole segments are deleted or compacted. */
    private long segmentMillis() {
        return Math.max(1, retention.dividedBy(30).toMillis());
    }

    /** Deletes the topics that no feed has any more. */
    void deleteSurplus(Set<String> listed, Collection<FeedTopic> wanted) {
        Set<String> surplus = new HashSet<>(listed);
        surplus.removeAll(namesOf(wanted));
        if (!surplus.isEmpty()) {
            await(admin.deleteTopics(surplus).all());
        }
    }

    /** Deletes the messages of a topic before an offset. */
    void deleteMessages(String topic, long beforeOffset) {
        await(admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(beforeOffset)))
                .all());
    }

    /** Takes away the access that alliances may not have; their open consumers get nothing more. */
    void closeAccess(TopicAccess access) {
        Set<AclBinding> wanted = rulesOf(access);
        List<AclBindingFilter> surplus = listRules().stream()
                .filter(rule -> !wanted.contains(rule))
                .map(AclBinding::toFilter)
                .toList();
        if (!surplus.isEmpty()) {
            await(admin.deleteAcls(surplus).all());
        }
    }

    /** Lets alliances read their own topics and the events of figures, within their quotas. */
    void openAccess(TopicAccess access) {
        setQuotas(access.alliances());
        Set<AclBinding> missing = rulesOf(access);
        missing.removeAll(listRules());
        if (!missing.isEmpty()) {
            await(admin.createAcls(missing).all());
        }
    }

    private Set<AclBinding> rulesOf(TopicAccess access) {
        Set<AclBinding> rules = new HashSet<>();
        for (String alliance : access.alliances()) {
            rules.add(
                    ruleOf(alliance, ResourceType.GROUP, FeedTopicNames.groupPrefixOf(alliance), PatternType.PREFIXED));
        }
        for (String alliance : access.feedReaders()) {
            rules.add(
                    ruleOf(alliance, ResourceType.TOPIC, FeedTopicNames.groupPrefixOf(alliance), PatternType.PREFIXED));
        }
        for (String alliance : access.figureReaders()) {
            rules.add(ruleOf(alliance, ResourceType.TOPIC, FeedTopicNames.FIGURES, PatternType.LITERAL));
        }
        return rules;
    }

    private AclBinding ruleOf(String alliance, ResourceType type, String name, PatternType pattern) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(USER + principalOf(alliance), "*", AclOperation.READ, AclPermissionType.ALLOW));
    }

    private String principalOf(String alliance) {
        return config.principalPrefix() + alliance;
    }

    /** Returns all rules of principals that may be alliances, whatever they allow. */
    private Set<AclBinding> listRules() {
        return await(admin.describeAcls(AclBindingFilter.ANY).values()).stream()
                .filter(rule -> rule.entry().principal().startsWith(USER + config.principalPrefix()))
                .collect(Collectors.toSet());
    }

    private void setQuotas(Set<String> alliances) {
        Map<String, Double> limits = new TreeMap<>(Map.of(
                "consumer_byte_rate", config.bytesPerSecond(),
                "producer_byte_rate", NO_WRITES_BYTES_PER_SECOND,
                "request_percentage", config.requestPercent()));
        Map<ClientQuotaEntity, Map<String, Double>> set =
                await(admin.describeClientQuotas(ClientQuotaFilter.containsOnly(
                                List.of(ClientQuotaFilterComponent.ofEntityType(ClientQuotaEntity.USER))))
                        .entities());
        List<ClientQuotaAlteration> changes = alliances.stream()
                .map(alliance -> new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, principalOf(alliance))))
                .filter(entity -> !limits.equals(set.get(entity)))
                .map(entity -> new ClientQuotaAlteration(
                        entity,
                        limits.entrySet().stream()
                                .map(each -> new ClientQuotaAlteration.Op(each.getKey(), each.getValue()))
                                .toList()))
                .toList();
        if (!changes.isEmpty()) {
            await(admin.alterClientQuotas(changes).all());
        }
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(2L * TIME_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
