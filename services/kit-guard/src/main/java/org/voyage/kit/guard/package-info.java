/**
 * Guards of an HTTP server, for the services and for the dashboard.
 *
 * <ul>
 *   <li>{@link org.voyage.kit.guard.ConnectionGuard}: deadlines and numbers of connections.
 *   <li>{@link org.voyage.kit.guard.AnonymousRateLimits}: requests of callers without a token.
 *   <li>{@link org.voyage.kit.guard.UriGuard}: invalid paths and queries.
 *   <li>{@link org.voyage.kit.guard.RequestId}: one id per request, in every answer and log line.
 *   <li>{@link org.voyage.kit.guard.SpanRedactor}: no paths, queries and addresses in traces.
 * </ul>
 */
@NullMarked
package org.voyage.kit.guard;

import org.jspecify.annotations.NullMarked;
