package org.voyage.feeds.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.feed.FeedMessage;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.feed.FeedReader;
import org.voyage.feeds.scope.FeedScope;

/**
 * Time in which one instance alone writes the topics: from the moment at which Kafka refuses all former writers until a
 * failure. What the topics hold is read from Kafka, so that no event is written twice. For one thread.
 */
final class FeedTopicSession implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FeedTopicSession.class);
    /** Events of one feed in one transaction. */
    private static final int FEED_EVENTS = 500;
    /** Events after which a transaction takes no more feeds. */
    private static final int TRANSACTION_EVENTS = 2_000;

    private final FeedTopicStore store;
    private final TopicScopeSource scopes;
    private final FeedReader log;
    private final FeedEventStore events;
    private final ObjectMapper mapper;
    private final PublicationObserver observer;
    private final FeedTopicWriter writer;
    private final FeedTopicReader topicReader;
    private final FeedTopicProvisioner provisioner;
    private final Map<String, FeedTopic> topics = new HashMap<>();
    private final Map<String, TopicEnd> ends = new HashMap<>();

    FeedTopicSession(
            FeedTopicStore store,
            TopicScopeSource scopes,
            FeedReader log,
            FeedEventStore events,
            ObjectMapper mapper,
            PublicationObserver observer,
            FeedTopicWriter writer,
            FeedTopicReader topicReader,
            FeedTopicProvisioner provisioner) {
        this.store = store;
        this.scopes = scopes;
        this.log = log;
        this.events = events;
        this.mapper = mapper;
        this.observer = observer;
        this.writer = writer;
        this.topicReader = topicReader;
        this.provisioner = provisioner;
    }

    /**
     * Makes topics, access and quotas what they should be. An alliance that may read again gets access after all that it may
     * no longer see is gone from its topics.
     *
     * @return the feeds that have topics
     */
    Set<String> reconcile() {
        // In this order: a topic that is listed is of a feed that was stored before.
        Set<String> listed = provisioner.listTopics();
        List<FeedTopic> wanted = store.findAll();
        Set<String> open = wanted.stream()
                .filter(FeedTopic::isOpen)
                .map(FeedTopic::alliance)
                .collect(Collectors.toSet());
        Set<String> figureReaders = scopes.findFigureReaders();
        provisioner.closeAccess(new TopicAccess(open, figureReaders));
        provisioner.deleteSurplus(listed, wanted);
        Map<String, String> ids = provisioner.ensureTopics(listed, wanted);
        topics.clear();
        for (FeedTopic each : wanted) {
            FeedTopic topic = noteTopic(each, Objects.requireNonNull(ids.get(each.name())));
            topics.put(topic.feed(), topic);
            if (!isChecked(topic)) {
                topics.remove(topic.feed());
                open.remove(topic.alliance());
                provisioner.closeAccess(new TopicAccess(open, figureReaders));
            }
        }
        ends.keySet().retainAll(topics.keySet());
        provisioner.openAccess(new TopicAccess(open, figureReaders));
        return Set.copyOf(topics.keySet());
    }

    /** Returns whether a topic holds nothing that is to be withheld. One topic that cannot be read stops no other. */
    private boolean isChecked(FeedTopic topic) {
        try {
            scopes.findScope(topic).ifPresent(scope -> withholdEvents(topic, scope));
            return true;
        } catch (KafkaException e) {
            LOG.warnf("Topic %s cannot be compared with the grants: %s", topic.name(), e.toString());
            return false;
        }
    }

    private FeedTopic noteTopic(FeedTopic topic, String id) {
        if (id.equals(topic.topicId())) {
            return topic;
        }
        ends.remove(topic.feed());
        store.noteTopic(topic.feed(), id);
        return topic.withTopic(id);
    }

    /**
     * Writes the events of feeds that are not in their topics, in one transaction.
     *
     * @return the feeds that may have more
     */
    Set<String> publishEvents(Collection<String> changed) {
        Set<String> more = new HashSet<>();
        Map<String, FeedPosition> positions = new HashMap<>();
        Map<String, Future<RecordMetadata>> sent = new HashMap<>();
        int count = 0;
        for (String feed : changed) {
            if (count >= TRANSACTION_EVENTS) {
                more.add(feed);
                continue;
            }
            List<FeedMessage> messages = readMessages(feed);
            if (messages.isEmpty()) {
                continue;
            }
            if (count == 0) {
                writer.beginTransaction();
            }
            count += messages.size();
            String name = Objects.requireNonNull(topics.get(feed)).name();
            for (FeedMessage each : messages) {
                sent.put(feed, writer.send(name, each));
            }
            positions.put(feed, messages.getLast().position());
            if (messages.size() == FEED_EVENTS) {
                more.add(feed);
            }
        }
        if (count > 0) {
            observer.reach(PublicationPoint.AFTER_SEND);
            writer.commitTransaction();
            observer.reach(PublicationPoint.AFTER_COMMIT);
            Map<String, TopicEnd> written = new HashMap<>();
            sent.forEach((feed, last) ->
                    written.put(feed, new TopicEnd(Objects.requireNonNull(positions.get(feed)), offsetOf(last))));
            ends.putAll(written);
            store.notePublished(written);
        }
        return more;
    }

    private List<FeedMessage> readMessages(String feed) {
        FeedTopic topic = topics.get(feed);
        if (topic == null) {
            return List.of();
        }
        Optional<FeedScope> scope = scopes.findScope(topic);
        if (scope.isEmpty()) {
            return List.of();
        }
        withholdEvents(topic, scope.get());
        return log.readMessages(feed, findEnd(topic).position(), FEED_EVENTS, scope.get());
    }

    /**
     * Deletes what the topic says and the scope no longer allows, with all events before. Their numbers, digests and chain
     * stay readable by range.
     */
    private void withholdEvents(FeedTopic topic, FeedScope scope) {
        String now = formatGrants(scope);
        if (now.equals(topic.checkedScope())) {
            return;
        }
        FeedPosition expired = events.findExpired(topic.feed());
        FeedPosition hidden = log.findLastWithheld(topic.feed(), findEnd(topic).position(), scope)
                .orElse(expired);
        if (hidden.sequence() > 0) {
            topicReader
                    .findLastUpTo(topic.name(), hidden)
                    .ifPresent(last -> provisioner.deleteEvents(topic.name(), last.offset() + 1));
        }
        store.noteScope(topic.feed(), now);
        topics.put(topic.feed(), topic.withCheckedScope(now));
    }

    /** Returns the end of a topic, from Kafka when this session has not written it yet. */
    private TopicEnd findEnd(FeedTopic topic) {
        TopicEnd known = ends.get(topic.feed());
        if (known != null) {
            return known;
        }
        // A topic whose events have all expired is where the note says.
        TopicEnd end = topicReader.findEnd(topic.name(), topic.noted().offset()).orElse(topic.noted());
        if (end.position().compareTo(topic.head()) > 0 && end.offset() >= 0) {
            // The database was restored: the topic has events that the log does not know.
            provisioner.deleteEvents(topic.name(), end.offset() + 1);
        }
        if (end.position().compareTo(topic.noted().position()) > 0) {
            // Its writer ended before it noted.
            store.notePublished(Map.of(topic.feed(), end));
        }
        ends.put(topic.feed(), end);
        return end;
    }

    private String formatGrants(FeedScope scope) {
        try {
            return mapper.writeValueAsString(scope.grants());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long offsetOf(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException("an event of a committed transaction was not stored", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    @Override
    public void close() {
        writer.close();
        topicReader.close();
        provisioner.close();
    }
}
