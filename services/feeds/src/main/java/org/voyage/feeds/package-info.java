/**
 * Feeds for partner alliances: the changes of six records that concern an alliance, one gap-free numbered log for each
 * subscription, by pull, stream, webhook and Kafka.
 *
 * <ul>
 *   <li>{@code alliance}, {@code grant}: the registry that operators keep.
 *   <li>{@code record}: the current state of the records, as the log has it.
 *   <li>{@code scope}: whether a reader may see a record, and which of its fields.
 *   <li>{@code feed}: subscriptions, the assigner that numbers their events, and their readers.
 *   <li>{@code proof}: digests, the chain over the events of a feed, signed checkpoints.
 *   <li>{@code delivery}: webhooks. {@code kafka}: a topic for each feed.
 * </ul>
 */
@NullMarked
package org.voyage.feeds;

import org.jspecify.annotations.NullMarked;
