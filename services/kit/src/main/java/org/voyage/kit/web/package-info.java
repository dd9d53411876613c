/**
 * What every service says to HTTP in the same words.
 *
 * <ul>
 *   <li>{@link org.voyage.kit.problem.Refusal}: the only exception thrown on purpose; {@link
 *       org.voyage.kit.problem.ProblemType} maps it to a status, {@link org.voyage.kit.problem.Problem} is it on the wire.
 *       Everything else that escapes becomes a problem too: bad input never a 5xx, an unreachable backend a 503, our own
 *       mistake a 500 that shows nothing and is logged under the request's id.
 *   <li>{@link org.voyage.kit.http.JsonBody} and {@link org.voyage.kit.input.FieldReader}: reading strictly, collecting
 *       every finding, for JSON bodies as for CSV rows; {@link org.voyage.kit.input.CodeSet} and {@link
 *       org.voyage.kit.input.TextFormat} say what a field may hold.
 *   <li>{@link org.voyage.kit.http.QueryParameters}, {@link org.voyage.kit.http.Cursor}, {@link org.voyage.kit.http.ETags}, {@link
 *       org.voyage.kit.input.SourceId}: query parameters, pages, conditional requests, keys. A query parameter that the
 *       resource method does not name is refused with the nearest name.
 *   <li>{@link org.voyage.kit.http.RequestId}: one id per request, everywhere.
 * </ul>
 */
@NullMarked
package org.voyage.kit.web;

import org.jspecify.annotations.NullMarked;
