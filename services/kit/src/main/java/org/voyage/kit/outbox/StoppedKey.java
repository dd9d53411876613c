package org.voyage.kit.outbox;

/**
 * A key that stands still.
 *
 * @param position of its first event that is not published yet
 */
record StoppedKey(String topic, String key, long position) {

    boolean is(OutboxRow row) {
        return key.equals(row.key()) && topic.equals(row.topic());
    }
}
