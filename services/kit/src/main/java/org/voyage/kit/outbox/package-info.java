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
 *   <li>after a crash the last few events may come again, with the same id, key and version;
 *   <li>an instance that was stopped for longer than its lease (a stopped process, not a silent Kafka) may send its last
 *       unsent events again behind those of its successor. A reader ignores a version that is not newer.
 * </ul>
 */
@NullMarked
package org.voyage.kit.outbox;

import org.jspecify.annotations.NullMarked;
