package org.voyage.kit.outbox;

/**
 * A key whose events the relay cannot publish.
 *
 * @param position of its first unpublished event
 */
record BlockedKey(String topic, String key, long position) {

    /** Returns whether the row is blocked by the key. Earlier rows are published, or will be. */
    boolean blocks(OutboxRow row) {
        return isKeyOf(row) && row.position() >= position;
    }

    boolean isKeyOf(OutboxRow row) {
        return key.equals(row.key()) && topic.equals(row.topic());
    }
}
