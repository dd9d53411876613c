package org.voyage.kit.outbox;

/**
 * Own event with the largest position among the last events of a partition in Kafka. It is the last event, unless late
 * events follow it.
 *
 * @param position its outbox position
 * @param id its CloudEvents id
 * @param epoch the newest epoch among the last events
 */
record LogTail(long position, String id, int epoch) {}
