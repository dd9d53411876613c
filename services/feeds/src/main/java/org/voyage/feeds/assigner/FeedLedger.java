package org.voyage.feeds.assigner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.feed.FeedEventKind;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.record.RecordDimensions;
import org.voyage.feeds.scope.FeedScope;

/** One feed while records are reconciled: its scope, what its reader holds, and the end of its log. */
public interface FeedLedger {

    FeedScope scope();

    /** Returns the running scan; null while none runs. */
    @Nullable
    RecordScan scan();

    /** Returns what the reader holds of a record; null for nothing. */
    @Nullable
    ReaderCopyRecord findHeld(String outsideId);

    void hold(String outsideId, ReaderCopyRecord held);

    void release(String outsideId);

    /** Returns the number of recognitions of a standard that the reader holds. */
    long countHeldRecognitions(String standardId);

    /** Returns the outside ids of these recognitions. */
    Collection<String> findHeldRecognitions(String standardId);

    /** Appends an event; see {@link org.voyage.feeds.feed.FeedLogAppender#append}. */
    void append(
            FeedEventKind kind,
            @Nullable FeedRecord record,
            @Nullable String outsideId,
            Instant time,
            ObjectNode data,
            @Nullable RecordDimensions dimensions,
            Set<String> fields);
}
