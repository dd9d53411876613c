package org.voyage.kit.outbox;

import java.time.Instant;

/**
 * Epoch of the service's log. Readers order the versions of a record by epoch and version, so a version number that a
 * restored database draws again is newer than the one that it lost.
 *
 * @param number 0 before the first restore
 * @param reason why it began: {@code first}, {@code database-behind}, {@code log-behind} or {@code both-behind}
 * @param fromPosition each event that was appended after the beginning of the epoch has a larger position
 * @param isRepaired whether all records are published under this epoch
 */
record LogEpoch(int number, String reason, Instant beganAt, long fromPosition, boolean isRepaired) {}
