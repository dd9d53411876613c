package org.voyage.kit.outbox;

/**
 * A key that stands still.
 *
 * @param position of its first event that is not published yet
 */
record StoppedKey(String topic, String key, long position) {

    /** Whether the row stands still with it: those before were published, or are to be. */
    boolean holds(OutboxRow row) {
        return isOf(row) && row.position() >= position;
    }

    boolean isOf(OutboxRow row) {
        return key.equals(row.key()) && topic.equals(row.topic());
    }
}
