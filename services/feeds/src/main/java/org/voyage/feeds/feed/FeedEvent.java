package org.voyage.feeds.feed;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;

/**
 * Event of a feed as it is stored.
 *
 * @param outsideId of its record; null for a checkpoint or reset
 * @param time when the change was recorded
 * @param dimensions decide whether the reader may still see the data; null when there is no state in them
 * @param fields on grant that the data show, as {@code record.field}
 * @param digest SHA-256 over the canonical JSON of the data
 * @param chain SHA-256 over the chain before, the id and the digest
 * @param body structured CloudEvent, UTF-8 JSON
 * @param traceparent span before a delivery; null when the change has no trace
 */
public record FeedEvent(
        String feed,
        FeedPosition position,
        FeedEventKind kind,
        @Nullable FeedRecord record,
        @Nullable String outsideId,
        Instant time,
        @Nullable RecordDimensions dimensions,
        Set<String> fields,
        byte[] digest,
        byte[] chain,
        byte[] body,
        @Nullable String traceparent) {}
