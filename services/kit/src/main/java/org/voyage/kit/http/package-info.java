/**
 * HTTP conventions that all services share.
 *
 * <ul>
 *   <li>{@link org.voyage.kit.http.QueryParameters}, {@link org.voyage.kit.http.Cursor}, {@link
 *       org.voyage.kit.http.ETags}: query parameters, pages, conditional requests.
 *       {@link org.voyage.kit.http.QueryGuard} refuses a query parameter that the resource method does not name.
 *   <li>{@link org.voyage.kit.http.JsonBody}: a JSON body with its {@code FieldReader}.
 *   <li>{@link org.voyage.kit.guard.RequestId}: one id per request, in every answer and log line.
 *   <li>{@link org.voyage.kit.http.CostLimits}, {@link org.voyage.kit.http.ReadBandwidthLimits}, {@link
 *       org.voyage.kit.guard.AnonymousRateLimits}: requests and bytes per client.
 *   <li>{@link org.voyage.kit.http.ProblemMappers}: exceptions to problem documents.
 * </ul>
 */
@NullMarked
package org.voyage.kit.http;

import org.jspecify.annotations.NullMarked;
