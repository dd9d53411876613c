package org.voyage.feeds.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.proof.CanonicalJson;
import org.voyage.feeds.proof.HashChain;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;

/**
 * End of a feed's log while the assigner's transaction appends to it: gives each event the next number and the next link of
 * the chain. For one thread and one transaction.
 */
public final class FeedHead {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;

    private final String feed;
    private int epoch;
    private long nextSequence;
    private byte[] chain;
    private final List<FeedEvent> appended = new ArrayList<>();

    public FeedHead(String feed, int epoch, long nextSequence, byte[] chain) {
        this.feed = feed;
        this.epoch = epoch;
        this.nextSequence = nextSequence;
        this.chain = chain;
    }

    /** Appends an event without a trace. */
    public FeedEvent append(
            FeedEventKind kind,
            @Nullable FeedRecord record,
            @Nullable String outsideId,
            Instant time,
            ObjectNode data,
            @Nullable RecordDimensions dimensions,
            Set<String> fields) {
        return append(kind, record, outsideId, time, data, dimensions, fields, null);
    }

    /**
     * Appends an event.
     *
     * @param data of the event; a random {@code nonce} is added, without which withheld data could be guessed by their
     *     digest
     * @param dimensions see {@link FeedEvent}
     * @param traceparent see {@link FeedEvent}
     */
    public FeedEvent append(
            FeedEventKind kind,
            @Nullable FeedRecord record,
            @Nullable String outsideId,
            Instant time,
            ObjectNode data,
            @Nullable RecordDimensions dimensions,
            Set<String> fields,
            @Nullable String traceparent) {
        data.put("nonce", newNonce());
        data.put("kind", kind.wireName());
        FeedPosition position = new FeedPosition(epoch, nextSequence);
        byte[] content = CanonicalJson.encode(data);
        byte[] digest = HashChain.digestOf(content);
        chain = HashChain.append(chain, position.text(), digest);
        FeedEvent event = new FeedEvent(
                feed,
                position,
                kind,
                record,
                outsideId,
                time,
                dimensions,
                fields,
                digest,
                chain,
                FeedEventBody.write(feed, position, kind, record, outsideId, time, digest, chain, content),
                traceparent);
        nextSequence++;
        appended.add(event);
        return event;
    }

    /** Begins a new epoch, whose first event is to be a reset. */
    public void beginEpoch() {
        epoch++;
        nextSequence = 1;
        chain = HashChain.start();
    }

    public String feed() {
        return feed;
    }

    public int epoch() {
        return epoch;
    }

    public long nextSequence() {
        return nextSequence;
    }

    public byte[] chain() {
        return chain;
    }

    /** Returns the events that this transaction has appended. */
    public List<FeedEvent> appended() {
        return appended;
    }

    private static String newNonce() {
        byte[] random = new byte[NONCE_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
