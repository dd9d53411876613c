package org.voyage.feeds.topic;

/**
 * Rewrite of the topic of states of a feed, page by page: first the records that are gone, then all that are in scope. It is
 * lost with the session, and begins again with the next. For one thread.
 */
final class StateTopicRewrite {

    private final String scope;
    private final int epoch;
    private final boolean isWhole;
    private final long end;
    private long offset;
    private String cursor = "";
    private boolean writesStates;
    private boolean isWritten;

    /**
     * @param scope by which it writes, as JSON
     * @param epoch of the feed when it begins
     * @param isWhole whether the feed holds all its records then
     * @param begin offset of the first message of the topic
     * @param end offset after the last one: what it has before is compared
     */
    StateTopicRewrite(String scope, int epoch, boolean isWhole, long begin, long end) {
        this.scope = scope;
        this.epoch = epoch;
        this.isWhole = isWhole;
        this.offset = begin;
        this.end = end;
        // An empty topic shows nothing of before.
        this.writesStates = begin == end;
    }

    /** Returns whether it still writes what the feed needs. */
    boolean fits(String scopeNow, int epochNow) {
        return scope.equals(scopeNow) && epoch == epochNow;
    }

    /** Returns whether messages of before are still to be compared with the records in scope. */
    boolean comparesBefore() {
        return offset < end;
    }

    /** Notes that the messages before an offset were compared. */
    void moveOffset(long compared) {
        offset = compared;
    }

    /** Goes on with the records in scope. */
    void beginStates() {
        writesStates = true;
    }

    /** Notes that the records up to one were written. @param isLast whether no other follows */
    void moveCursor(String outsideId, boolean isLast) {
        cursor = outsideId;
        isWritten = isLast;
    }

    /** Returns the epoch whose records are all in the topic now; 0 when it is to be written again. */
    int wholeEpoch() {
        return isWhole ? epoch : 0;
    }

    long offset() {
        return offset;
    }

    long end() {
        return end;
    }

    String cursor() {
        return cursor;
    }

    boolean writesStates() {
        return writesStates;
    }

    boolean isWritten() {
        return isWritten;
    }
}
