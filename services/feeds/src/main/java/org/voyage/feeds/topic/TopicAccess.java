package org.voyage.feeds.topic;

import java.util.Set;
import java.util.TreeSet;

/**
 * Alliances that may read on Kafka.
 *
 * @param feedReaders alliances that may read the topics of their feeds
 * @param figureReaders alliances that may read the events of figures
 */
record TopicAccess(Set<String> feedReaders, Set<String> figureReaders) {

    /** Returns the alliances that may read anything. */
    Set<String> alliances() {
        Set<String> all = new TreeSet<>(feedReaders);
        all.addAll(figureReaders);
        return all;
    }
}
