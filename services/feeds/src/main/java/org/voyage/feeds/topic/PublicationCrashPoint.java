package org.voyage.feeds.topic;

/** Point of a transaction to topics at which a crash is tested. */
enum PublicationCrashPoint {
    AFTER_SEND,
    AFTER_COMMIT
}
