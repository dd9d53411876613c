package org.voyage.feeds.assigner;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.record.RecordHistory;

/**
 * Replay of the past for a feed that starts at an earlier moment: a scan of the records as they were then, and each change
 * since, day by day in Asia/Shanghai with the scope of the day.
 *
 * @param since the moment
 * @param begunAt last noted change when the replay began; -1 before it begins
 * @param position of the last replayed change; 0 before the first
 * @param day whose scope the feed has
 * @param dueDay day of the next change, whose scope is to be resolved first; null when none is
 */
record FeedReplay(
        Instant since,
        long begunAt,
        long position,
        LocalDate day,
        @Nullable LocalDate dueDay) {

    /** Returns the replay before its first step. */
    static FeedReplay of(Instant since, LocalDate day) {
        return new FeedReplay(since, -1, 0, day, null);
    }

    FeedReplay begin(long lastNoted) {
        return new FeedReplay(since, lastNoted, position, day, dueDay);
    }

    /** Returns the replay after a change, or before the first one of a later day. */
    FeedReplay moveTo(long replayed, @Nullable LocalDate due) {
        return new FeedReplay(since, begunAt, replayed, day, due);
    }

    FeedReplay onDay(LocalDate now) {
        return new FeedReplay(since, begunAt, position, now, now.equals(dueDay) ? null : dueDay);
    }

    RecordHistory.Moment moment() {
        return new RecordHistory.Moment(since, begunAt, position);
    }
}
