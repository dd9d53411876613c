/**
 * Refusals and their form on the wire (RFC 9457).
 *
 * <p>{@link org.voyage.kit.problem.Refusal} is the only exception that code throws on purpose. {@link
 * org.voyage.kit.problem.ProblemType} maps it to a status, {@link org.voyage.kit.problem.Problem} is its JSON. {@link
 * org.voyage.kit.problem.FailureClassifier} turns every other exception into a refusal: bad input is never a 5xx, an
 * unreachable backend is a 503, a fault of the service is a 500 that shows nothing and is logged under the request id.
 * This package knows no other package of the kit.
 */
@NullMarked
package org.voyage.kit.problem;

import org.jspecify.annotations.NullMarked;
