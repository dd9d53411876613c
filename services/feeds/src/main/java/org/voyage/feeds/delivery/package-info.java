/**
 * Webhooks: the events of a feed, posted to the endpoints of its alliance.
 *
 * <ul>
 *   <li>{@code endpoint}: what an alliance sets up: URLs, secrets, replays, and the API.
 *   <li>{@code queue}: order and retries of one endpoint, without clock, network or database.
 *   <li>{@code http}: the addresses that may be called, the client, signatures.
 *   <li>this package: deliverers, which lease endpoints and carry out what the queues decide.
 * </ul>
 *
 * <p>Guarantees: an endpoint gets each event of its feed at least once, with the same id and bytes at each try. Events of
 * one record arrive in order. An event that is refused again and again holds only its record. An event leaves the queue
 * when it was accepted, or is listed as undelivered.
 */
@NullMarked
package org.voyage.feeds.delivery;

import org.jspecify.annotations.NullMarked;
