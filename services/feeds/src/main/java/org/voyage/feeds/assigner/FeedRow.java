package org.voyage.feeds.assigner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.scope.FeedScope;

/**
 * Feed as the assigner keeps it between two steps.
 *
 * @param filter as the alliance set it, JSON
 * @param startAt {@code snapshot}, {@code now} or a time
 * @param scope that the last scan has begun with; null before the first
 * @param scopeFilter filter of that scope
 * @param scan null while none runs
 * @param stoppedReason why the feed cannot be evaluated; null while it can
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FeedRow(
        String id,
        String alliance,
        String filter,
        String startAt,
        int epoch,
        long nextSequence,
        byte[] chain,
        int eventsSinceCheckpoint,
        Instant checkpointAt,
        @Nullable FeedScope scope,
        @Nullable String scopeFilter,
        @Nullable RecordScan scan,
        @Nullable String stoppedReason) {

    /** Returns whether changes of records concern the feed. */
    boolean isLive() {
        return scope != null && stoppedReason == null;
    }

    FeedRow withFilter(String now) {
        return now.equals(filter)
                ? this
                : new FeedRow(
                        id,
                        alliance,
                        now,
                        startAt,
                        epoch,
                        nextSequence,
                        chain,
                        eventsSinceCheckpoint,
                        checkpointAt,
                        scope,
                        scopeFilter,
                        scan,
                        stoppedReason);
    }

    FeedRow withScope(FeedScope now, @Nullable RecordScan begun) {
        return new FeedRow(
                id,
                alliance,
                filter,
                startAt,
                epoch,
                nextSequence,
                chain,
                eventsSinceCheckpoint,
                checkpointAt,
                now,
                filter,
                begun,
                null);
    }

    FeedRow withScan(@Nullable RecordScan now) {
        return new FeedRow(
                id,
                alliance,
                filter,
                startAt,
                epoch,
                nextSequence,
                chain,
                eventsSinceCheckpoint,
                checkpointAt,
                scope,
                scopeFilter,
                now,
                stoppedReason);
    }

    /** Returns the feed after a fault: what it misses from now on, a scan makes good. */
    FeedRow stopped(String reason) {
        return new FeedRow(
                id,
                alliance,
                filter,
                startAt,
                epoch,
                nextSequence,
                chain,
                eventsSinceCheckpoint,
                checkpointAt,
                scope,
                scopeFilter,
                RecordScan.begin(
                        scan != null && (scan.cause().makesCopy() || scan.cause() == ScanCause.BASELINE)
                                ? scan.cause()
                                : ScanCause.RECORD_CHANGED),
                reason);
    }

    FeedRow withHead(int nowEpoch, long nowNext, byte[] nowChain, int sinceCheckpoint, Instant nowCheckpointAt) {
        return new FeedRow(
                id,
                alliance,
                filter,
                startAt,
                nowEpoch,
                nowNext,
                nowChain,
                sinceCheckpoint,
                nowCheckpointAt,
                scope,
                scopeFilter,
                scan,
                stoppedReason);
    }
}
