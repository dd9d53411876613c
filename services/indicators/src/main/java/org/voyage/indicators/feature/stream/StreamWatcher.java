package org.voyage.indicators.feature.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;

/**
 * Watcher of some channels: one client with its progress. A client gets the changes that it missed, or all current
 * values, in portions; it gets the next portion when it has taken most of the last one. So a client that does not read
 * holds a limited number of messages. The hub's lock guards all of it.
 */
final class StreamWatcher {

    /** Maximum number of messages of one portion. */
    static final int MAX_PORTION_MESSAGES = 500;

    private final StreamSubscription subscription;
    private final List<BreakdownChannel> channels;
    private volatile Phase phase = Phase.LIVE;
    /** While changes are missing: the number of the last one that was offered. */
    private long lastNumber;
    /** While values are missing: the next one, as the place of its channel and the place of its slice. */
    private int nextChannel;

    private int nextSlice;

    private enum Phase {
        MISSES_CHANGES,
        MISSES_VALUES,
        LIVE
    }

    /** @param channels without repetition */
    StreamWatcher(StreamSubscription subscription, List<BreakdownChannel> channels) {
        this.subscription = subscription;
        this.channels = channels;
    }

    StreamSubscription subscription() {
        return subscription;
    }

    /** Returns whether the client has got everything up to the last look, or holds it as messages. Needs no lock. */
    boolean isLive() {
        return phase == Phase.LIVE;
    }

    /** Begins with the changes after this number. */
    void beginAfter(long number) {
        phase = Phase.MISSES_CHANGES;
        lastNumber = number;
    }

    /** Begins with all current values. */
    void beginWithValues() {
        phase = Phase.MISSES_VALUES;
        nextChannel = 0;
        nextSlice = 0;
    }

    /** Drops all waiting messages, and begins with a reset and all current values. */
    private void restartWithValues(PositionAnswer position) {
        subscription.clearMessages();
        subscription.offerMessages(position, List.of(new StreamMessage.ResetMessage()));
        beginWithValues();
    }

    /** Offers the changes of a look. A client that is far behind gets all current values instead. */
    void offerChanges(PositionAnswer position, Map<BreakdownChannel, List<SequencedChange>> news) {
        if (phase == Phase.MISSES_CHANGES) {
            return;
        }
        List<StreamMessage> messages = new ArrayList<>();
        for (int place = 0; place < channels.size(); place++) {
            BreakdownChannel channel = channels.get(place);
            for (SequencedChange change : news.getOrDefault(channel, List.of())) {
                if (phase == Phase.LIVE) {
                    messages.add(new StreamMessage.ValueMessage(change.number(), change.change()));
                } else if (isOffered(place, channel.placeOf(change.change().slice()))) {
                    messages.add(new StreamMessage.ValueMessage(0, change.change()));
                }
            }
        }
        if (messages.isEmpty()) {
            return;
        }
        if (subscription.isBehind(messages.size())) {
            restartWithValues(position);
        } else {
            subscription.offerMessages(position, messages);
        }
    }

    private boolean isOffered(int channel, int slice) {
        return channel < nextChannel || channel == nextChannel && slice < nextSlice;
    }

    /**
     * Offers the next portion to a client that has room for it.
     *
     * @param position of the last look
     * @param newest the last number that was given to a change
     */
    void offerPortion(PositionAnswer position, long newest) {
        if (phase == Phase.LIVE || !subscription.hasRoom()) {
            return;
        }
        if (phase == Phase.MISSES_CHANGES) {
            if (channels.stream().allMatch(channel -> channel.canReplayFrom(lastNumber))) {
                offerMissedChanges(position);
                return;
            }
            restartWithValues(position);
        }
        offerValues(position, newest);
    }

    private void offerMissedChanges(PositionAnswer position) {
        List<SequencedChange> missed = channels.stream()
                .flatMap(channel -> channel.findChangesAfter(lastNumber).stream())
                .sorted(Comparator.comparingLong(SequencedChange::number))
                .toList();
        List<SequencedChange> portion = missed.subList(0, Math.min(MAX_PORTION_MESSAGES, missed.size()));
        boolean last = portion.size() == missed.size();
        List<StreamMessage> messages = new ArrayList<>();
        for (SequencedChange change : portion) {
            // After the last one the client has every value as of the position.
            messages.add(
                    last && change == portion.getLast()
                            ? new StreamMessage.ValueMessage(change.number(), change.change())
                            : new StreamMessage.MissedMessage(change.number(), change.change()));
            lastNumber = change.number();
        }
        if (last) {
            phase = Phase.LIVE;
        }
        subscription.offerMessages(position, messages);
    }

    private void offerValues(PositionAnswer position, long newest) {
        List<SliceChange> portion = new ArrayList<>();
        while (nextChannel < channels.size() && portion.size() < MAX_PORTION_MESSAGES) {
            BreakdownChannel channel = channels.get(nextChannel);
            if (nextSlice < channel.sliceCount()) {
                portion.add(channel.currentChange(nextSlice++));
            } else {
                nextChannel++;
                nextSlice = 0;
            }
        }
        skipEmptyChannels();
        if (nextChannel == channels.size()) {
            phase = Phase.LIVE;
        }
        List<StreamMessage> messages = new ArrayList<>();
        for (SliceChange value : portion) {
            // Only the last value has a number, because only then has the client all values up to here.
            boolean last = phase == Phase.LIVE && value == portion.getLast();
            messages.add(new StreamMessage.ValueMessage(last ? newest : 0, value));
        }
        subscription.offerMessages(position, messages);
    }

    private void skipEmptyChannels() {
        while (nextChannel < channels.size()
                && nextSlice >= channels.get(nextChannel).sliceCount()) {
            nextChannel++;
            nextSlice = 0;
        }
    }
}
