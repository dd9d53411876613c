package org.voyage.feeds.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Tenure of the one instance that writes the topics: from the moment at which Kafka refuses all former writers until a
 * failure. What the topics hold is read from Kafka, so that no event is written twice. For one thread.
 */
final class TopicWriterTenure implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TopicWriterTenure.class);
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
    private final StateTopicKeeper states;
    private final Map<String, FeedTopic> topics = new HashMap<>();
    private final Map<String, TopicEnd> ends = new HashMap<>();
    /** False while a feed waits for the end of a scan, or a topic shows what the grants no longer open. */
    private boolean isSettled;

    /** Messages of one transaction, by feed. */
    private static final class SentMessages {
        private final Map<String, FeedPosition> positions = new HashMap<>();
        private final Map<String, Future<RecordMetadata>> events = new HashMap<>();
        private final Map<String, Future<RecordMetadata>> states = new HashMap<>();
        private int count;
    }

    TopicWriterTenure(
            FeedTopicStore store,
            TopicScopeSource scopes,
            FeedReader log,
            FeedEventStore events,
            ObjectMapper mapper,
            PublicationObserver observer,
            FeedTopicWriter writer,
            FeedTopicReader topicReader,
            FeedTopicProvisioner provisioner,
            StateTopicKeeper states) {
        this.store = store;
        this.scopes = scopes;
        this.log = log;
        this.events = events;
        this.mapper = mapper;
        this.observer = observer;
        this.writer = writer;
        this.topicReader = topicReader;
        this.provisioner = provisioner;
        this.states = states;
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
        isSettled = true;
        Set<String> admitted = new HashSet<>(open);
        for (FeedTopic each : wanted) {
            FeedTopic topic = noteTopics(each, ids);
            topics.put(topic.feed(), topic);
            if (!isChecked(topic)) {
                topics.remove(topic.feed());
                open.remove(topic.alliance());
                admitted.remove(topic.alliance());
                provisioner.closeAccess(new TopicAccess(open, figureReaders));
            } else if (states.showsFormerScope(topic.feed())) {
                admitted.remove(topic.alliance());
                isSettled = false;
            } else if (topic.isFilling()) {
                isSettled = false;
            }
        }
        ends.keySet().retainAll(topics.keySet());
        states.retainFeeds(topics.keySet());
        provisioner.openAccess(new TopicAccess(admitted, figureReaders));
        return Set.copyOf(topics.keySet());
    }

    /** Returns whether no topic waits for a scan or a deletion, after which it is to be looked at again. */
    boolean isSettled() {
        return isSettled;
    }

    /** Returns whether a topic holds nothing that is to be withheld. One topic that cannot be read stops no other. */
    private boolean isChecked(FeedTopic topic) {
        try {
            scopes.findScope(topic).ifPresent(scope -> adaptTopics(topic, scope));
            return true;
        } catch (KafkaException e) {
            LOG.warnf("Topic %s cannot be compared with the grants: %s", topic.name(), e.toString());
            return false;
        }
    }

    private FeedTopic noteTopics(FeedTopic feed, Map<String, String> ids) {
        FeedTopic topic = feed;
        String id = Objects.requireNonNull(ids.get(topic.name()));
        if (!id.equals(topic.topicId())) {
            ends.remove(topic.feed());
            store.noteTopic(topic.feed(), id);
            topic = topic.withTopic(id);
        }
        String stateId = Objects.requireNonNull(ids.get(topic.stateName()));
        if (!stateId.equals(topic.states().topicId())) {
            topic = topic.withStates(StateTopicNote.ofNew(stateId));
            store.noteStates(topic.feed(), topic.states());
        }
        return topic;
    }

    /**
     * Writes the events of feeds that are not in their topics, with the states that follow from them, and a page of a topic
     * of states that is written again, all in one transaction.
     *
     * @return the feeds that may have more
     */
    Set<String> publishEvents(Collection<String> changed) {
        Set<String> more = new HashSet<>();
        Map<String, FeedScope> open = new HashMap<>();
        SentMessages sent = new SentMessages();
        for (String feed : changed) {
            FeedTopic topic = topics.get(feed);
            if (topic == null) {
                continue;
            }
            if (sent.count >= TRANSACTION_EVENTS) {
                more.add(feed);
                continue;
            }
            scopes.findScope(topic).ifPresent(scope -> {
                open.put(feed, scope);
                if (sendEvents(adaptTopics(topic, scope), scope, sent) || states.isRewriting(feed)) {
                    more.add(feed);
                }
            });
        }
        states.takeTurn(open.keySet()).ifPresent(feed -> sendPage(feed, Objects.requireNonNull(open.get(feed)), sent));
        if (writer.isInTransaction()) {
            observer.reach(PublicationCrashPoint.AFTER_SEND);
            writer.commitTransaction();
            observer.reach(PublicationCrashPoint.AFTER_COMMIT);
            noteSent(sent);
        }
        return more;
    }

    /** Sends the next events of a feed. @return whether there may be more */
    private boolean sendEvents(FeedTopic topic, FeedScope scope, SentMessages sent) {
        String feed = topic.feed();
        FeedPosition end = findEnd(topic).position();
        List<FeedMessage> messages = log.readMessages(feed, end, FEED_EVENTS, scope);
        if (messages.isEmpty()) {
            return false;
        }
        FeedPosition first = messages.getFirst().position();
        if (first.epoch() == end.epoch() && first.sequence() != end.sequence() + 1) {
            // The retention was faster.
            topics.put(feed, topic.withStates(states.noteLoss(topic)));
        }
        for (FeedMessage each : messages) {
            sent.events.put(feed, writer.send(topic.name(), each));
            StateMessage.ofEvent(each)
                    .ifPresent(state ->
                            sent.states.put(feed, writer.sendState(topic.stateName(), state, each.position())));
        }
        FeedPosition last = messages.getLast().position();
        sent.positions.put(feed, last);
        sent.count += messages.size();
        if (last.epoch() > topic.head().epoch()) {
            topics.put(feed, topic.inEpoch(last));
            isSettled = false;
        }
        return messages.size() == FEED_EVENTS;
    }

    private void sendPage(String feed, FeedScope scope, SentMessages sent) {
        FeedTopic topic = Objects.requireNonNull(topics.get(feed));
        FeedPosition position = sent.positions.getOrDefault(feed, findEnd(topic).position());
        for (StateMessage each : states.readPage(topic, scope)) {
            sent.states.put(feed, writer.sendState(topic.stateName(), each, position));
        }
    }

    private void noteSent(SentMessages sent) {
        Map<String, TopicEnd> written = new HashMap<>();
        sent.events.forEach((feed, last) ->
                written.put(feed, new TopicEnd(Objects.requireNonNull(sent.positions.get(feed)), offsetOf(last))));
        Map<String, Long> offsets = new HashMap<>();
        sent.states.forEach((feed, last) -> {
            long offset = offsetOf(last);
            offsets.put(feed, offset);
            topics.computeIfPresent(
                    feed, (_, topic) -> topic.withStates(topic.states().withOffset(offset)));
        });
        ends.putAll(written);
        store.notePublished(written, offsets);
    }

    /** Makes the topics of a feed fit the grants. */
    private FeedTopic adaptTopics(FeedTopic feed, FeedScope scope) {
        FeedTopic topic = withholdEvents(feed, scope, formatJson(scope.grants()));
        FeedTopic adapted = topic.withStates(states.advance(topic, formatJson(scope)));
        topics.put(adapted.feed(), adapted);
        return adapted;
    }

    /**
     * Deletes what the topic says and the scope no longer allows, with all events before. Their numbers, digests and chain
     * stay readable by range.
     */
    private FeedTopic withholdEvents(FeedTopic topic, FeedScope scope, String grants) {
        if (grants.equals(topic.checkedScope())) {
            return topic;
        }
        FeedPosition expired = events.findExpired(topic.feed());
        FeedPosition hidden = log.findLastWithheld(topic.feed(), findEnd(topic).position(), scope)
                .orElse(expired);
        if (hidden.sequence() > 0) {
            topicReader
                    .findLastUpTo(topic.name(), hidden)
                    .ifPresent(last -> provisioner.deleteMessages(topic.name(), last.offset() + 1));
        }
        store.noteScope(topic.feed(), grants);
        return topic.withCheckedScope(grants);
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
            provisioner.deleteMessages(topic.name(), end.offset() + 1);
        }
        if (end.position().compareTo(topic.noted().position()) > 0) {
            // Its writer ended before it noted.
            store.notePublished(Map.of(topic.feed(), end), Map.of());
        }
        ends.put(topic.feed(), end);
        return end;
    }

    private String formatJson(Object value) {
        try {
            return mapper.writeValueAsString(value);
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
        states.close();
        provisioner.close();
    }
}
