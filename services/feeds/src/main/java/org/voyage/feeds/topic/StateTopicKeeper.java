package org.voyage.feeds.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.voyage.feeds.feed.FeedEventStore;
import org.voyage.feeds.feed.ScopedRecordReader;
import org.voyage.feeds.scope.FeedScope;

/**
 * Keeper of the topics of states: decides which of them are to be written again, and gives the messages for it. Between two
 * rewrites the events of a feed carry the changes. A topic is written again when it is new or has lost messages, when its feed
 * has lost events or begins an epoch, and when the scope changes. Then the messages of before are deleted. For one thread.
 */
final class StateTopicKeeper implements AutoCloseable {

    private static final int PAGE_RECORDS = 1_000;
    private static final Duration VISIBILITY_LIMIT = Duration.ofSeconds(1);

    private final FeedTopicStore store;
    private final FeedEventStore events;
    private final ScopedRecordReader records;
    private final StateTopicReader reader;
    private final FeedTopicProvisioner provisioner;
    private final TreeMap<String, StateTopicRewrite> rewrites = new TreeMap<>();
    private final Set<String> compared = new HashSet<>();
    private String lastServed = "";

    StateTopicKeeper(
            FeedTopicStore store,
            FeedEventStore events,
            ScopedRecordReader records,
            StateTopicReader reader,
            FeedTopicProvisioner provisioner) {
        this.store = store;
        this.events = events;
        this.records = records;
        this.reader = reader;
        this.provisioner = provisioner;
    }

    /** Forgets the feeds that have no topic any more. */
    void retainFeeds(Set<String> feeds) {
        rewrites.keySet().retainAll(feeds);
        compared.retainAll(feeds);
    }

    /**
     * Takes the next step between two pages: begins a rewrite that is due, deletes the messages of before once what they
     * showed is ended, or notes the end. What was sent before is committed.
     *
     * @param scope by which messages are written now, as JSON
     * @return the note after it
     */
    StateTopicNote advance(FeedTopic topic, String scope) {
        StateTopicNote note = compareEnd(topic);
        StateTopicRewrite running = rewrites.get(topic.feed());
        if (running != null && !running.fits(scope, topic.head().epoch())) {
            rewrites.remove(topic.feed());
            running = null;
        }
        if (note.scope() == null) {
            // A new topic is empty.
            note = keep(topic, note.withScope(scope));
        }
        if (running == null) {
            return isDue(topic, note, scope) ? beginRewrite(topic, note, scope) : note;
        }
        if (running.comparesBefore()) {
            return note;
        }
        if (!running.writesStates()) {
            provisioner.deleteMessages(topic.stateName(), running.end());
            running.beginStates();
            return keep(topic, note.withScope(scope));
        }
        if (running.isWritten()) {
            rewrites.remove(topic.feed());
            return keep(topic, note.withEpoch(running.wholeEpoch()));
        }
        return note;
    }

    /** Notes that events of a feed were lost before they were written. */
    StateTopicNote noteLoss(FeedTopic topic) {
        rewrites.remove(topic.feed());
        return keep(topic, topic.states().withEpoch(0));
    }

    /** Returns whether a rewrite of the feed's topic runs. */
    boolean isRewriting(String feed) {
        return rewrites.containsKey(feed);
    }

    /** Returns whether messages that were written by another scope are not deleted yet. */
    boolean showsFormerScope(String feed) {
        StateTopicRewrite running = rewrites.get(feed);
        return running != null && !running.writesStates();
    }

    /** Returns the feed whose page is next; of several they take turns. */
    Optional<String> takeTurn(Collection<String> feeds) {
        Optional<String> next = rewrites.tailMap(lastServed, false).keySet().stream()
                .filter(feeds::contains)
                .findFirst()
                .or(() -> rewrites.keySet().stream().filter(feeds::contains).findFirst());
        next.ifPresent(feed -> lastServed = feed);
        return next;
    }

    /** Returns the next messages of the rewrite of a feed's topic; none while readers do not see yet what was read. */
    List<StateMessage> readPage(FeedTopic topic, FeedScope scope) {
        StateTopicRewrite running = Objects.requireNonNull(rewrites.get(topic.feed()));
        if (running.comparesBefore()) {
            return readGone(topic, scope, running);
        }
        return running.writesStates() && !running.isWritten() ? readStates(topic, scope, running) : List.of();
    }

    private List<StateMessage> readGone(FeedTopic topic, FeedScope scope, StateTopicRewrite running) {
        StateTopicReader.KeyPage page = reader.readKeys(topic.stateName(), running.offset(), running.end());
        Set<String> gone = new HashSet<>(page.keys());
        records.readRecords(records.findHeldIds(topic.feed(), page.keys()), scope)
                .forEach(each -> gone.remove(each.outsideId()));
        if (!events.awaitVisible(VISIBILITY_LIMIT)) {
            return List.of();
        }
        running.moveOffset(page.next());
        return gone.stream().map(StateMessage::ofGone).toList();
    }

    private List<StateMessage> readStates(FeedTopic topic, FeedScope scope, StateTopicRewrite running) {
        List<String> held = records.readHeldIds(topic.feed(), running.cursor(), PAGE_RECORDS);
        List<StateMessage> messages = records.readRecords(held, scope).stream()
                .map(StateMessage::ofRecord)
                .toList();
        if (!events.awaitVisible(VISIBILITY_LIMIT)) {
            return List.of();
        }
        running.moveCursor(held.isEmpty() ? running.cursor() : held.getLast(), held.size() < PAGE_RECORDS);
        return messages;
    }

    /** Compares once whether the topic has the messages that are known to be in it. */
    private StateTopicNote compareEnd(FeedTopic topic) {
        StateTopicNote note = topic.states();
        if (!compared.add(topic.feed())
                || note.offset() < reader.findBounds(topic.stateName()).end()) {
            return note;
        }
        return keep(topic, note.withOffset(-1).withEpoch(0));
    }

    /** A feed whose scan fills its copy again waits, unless its topic shows what the scope no longer covers. */
    private static boolean isDue(FeedTopic topic, StateTopicNote note, String scope) {
        return !scope.equals(note.scope()) || note.epoch() != topic.head().epoch() && !topic.isFilling();
    }

    private StateTopicNote beginRewrite(FeedTopic topic, StateTopicNote note, String scope) {
        StateTopicReader.TopicBounds bounds = reader.findBounds(topic.stateName());
        StateTopicRewrite rewrite =
                new StateTopicRewrite(scope, topic.head().epoch(), !topic.isFilling(), bounds.begin(), bounds.end());
        rewrites.put(topic.feed(), rewrite);
        return keep(topic, (rewrite.writesStates() ? note.withScope(scope) : note).withEpoch(0));
    }

    private StateTopicNote keep(FeedTopic topic, StateTopicNote now) {
        store.noteStates(topic.feed(), now);
        return now;
    }

    @Override
    public void close() {
        reader.close();
    }
}
