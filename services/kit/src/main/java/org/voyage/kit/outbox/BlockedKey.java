package org.voyage.kit.outbox;

/**
 * A key that stands still.
 *
 * @param position of its first event that is not published yet
 */
record BlockedKey(String topic, String key, long position) {

    /** Whether the row stands still with it: those before were published, or are to be. */
    boolean blocks(OutboxRow row) {
        return isKeyOf(row) && row.position() >= position;
    }

    boolean isKeyOf(OutboxRow row) {
        return key.equals(row.key()) && topic.equals(row.topic());
    }
}
