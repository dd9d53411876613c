package org.voyage.kit.outbox;

/**
 * Last own event of a partition in Kafka.
 *
 * @param position its outbox position
 * @param id its CloudEvents id
 * @param epoch its epoch
 * @param maxPosition largest position among the last events
 */
record LogTail(long position, String id, int epoch, long maxPosition) {}
