package org.voyage.feeds.topic;

/** Observer of the points of a transaction to topics; a bean of a test can end it at any of them, as a crash would. */
interface PublicationObserver {

    void reach(PublicationCrashPoint point);
}
