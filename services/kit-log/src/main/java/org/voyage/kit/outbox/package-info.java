/**
 * The outbox: the events of a service, written in the same transaction as the records that they describe.
 *
 * <p>{@link org.voyage.kit.outbox.Outbox#appendEvents} refuses to run outside a transaction, so a change and its event
 * are stored together or not at all. {@link org.voyage.kit.outbox.OutboxRelay} publishes the rows to Kafka:
 *
 * <ul>
 *   <li>none is lost, whatever order transactions commit in (it reads only below {@code outbox_horizon()});
 *   <li>the events of one key keep their order; a key stops at its first event that cannot be published;
 *   <li>one relay works at a time (a lease with an epoch), another takes over when it falls silent;
 *   <li>events are published in transactions of Kafka. A new leader first makes Kafka refuse all that former leaders still
 *       send, then compares the log with the database. An instance that was stopped, while its database lost the last
 *       commits, cannot publish what it had read before;
 *   <li>a crash doubles no event, except the late ones of a key that was blocked.
 * </ul>
 *
 * <p>Readers must read committed events only. The ends of transactions take offsets, so offsets have gaps.
 */
@NullMarked
package org.voyage.kit.outbox;

import org.jspecify.annotations.NullMarked;
