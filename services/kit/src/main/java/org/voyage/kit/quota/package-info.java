/**
 * Quota of the bytes that one province stores in a day, so that no bureau fills the database. A write counts when its
 * transaction commits: its events, its audit entries, the outcomes of its files. Each instance counts by itself and adds
 * its count to the database every few seconds, so a crash loses the last seconds of a count and of nothing else.
 */
@NullMarked
package org.voyage.kit.quota;

import org.jspecify.annotations.NullMarked;
