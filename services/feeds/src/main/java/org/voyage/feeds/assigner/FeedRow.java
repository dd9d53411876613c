package org.voyage.feeds.assigner;

import java.time.Instant;
import java.util.Objects;
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
 * @param replay of the past that the feed starts with; null before it begins, and once the feed is live
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
        @Nullable String stoppedReason,
        @Nullable FeedReplay replay) {

    /** Returns whether changes of records concern the feed. */
    boolean isLive() {
        return scope != null && stoppedReason == null && replay == null;
    }

    /** Returns whether the assigner has work on the feed in addition to changes: a scan or a replay. */
    boolean hasBacklog() {
        return scope != null && stoppedReason == null && (scan != null || replay != null);
    }

    /** Returns the name of a running scan or replay for readers; null while none runs. */
    @Nullable
    String scanName() {
        return replay != null
                ? ScanCause.REPLAY
                : scan == null ? null : scan.cause().wireName();
    }

    /** Returns whether the scope is that of the other row; false does not say that it shows something else. */
    @SuppressWarnings("ReferenceEquality") // a scope may be large, and each step asks
    boolean hasScopeOf(FeedRow other) {
        return scope == other.scope && Objects.equals(scopeFilter, other.scopeFilter);
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
                        stoppedReason,
                        replay);
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
                null,
                replay);
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
                stoppedReason,
                replay);
    }

    FeedRow withReplay(@Nullable FeedReplay now) {
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
                scan,
                stoppedReason,
                now);
    }

    /**
     * Returns the feed after a fault: a scan makes good the changes that it misses from now on. A replay goes on where it was.
     * A feed that has not begun still begins with its snapshot or its past start, which miss nothing. A feed that starts now
     * sends what it has not noted yet, because some of it may have changed since.
     */
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
                replay != null || (scope == null && scan == null && !startAt.equals(ScanCause.FROM_NOW))
                        ? scan
                        : RecordScan.begin(
                                scan != null && scan.cause().makesCopy() ? scan.cause() : ScanCause.RECORD_CHANGED),
                reason,
                replay);
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
                stoppedReason,
                replay);
    }
}
