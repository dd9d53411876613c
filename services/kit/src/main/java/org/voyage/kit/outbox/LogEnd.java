package org.voyage.kit.outbox;

import java.time.OffsetDateTime;

/**
 * A place at the end of the log. Two are the same only within one run of the database server: one that took over, or was
 * set back, may give the same positions to other events.
 *
 * @param position of the last event
 * @param running since when the server runs
 */
public record LogEnd(long position, OffsetDateTime running) {}
