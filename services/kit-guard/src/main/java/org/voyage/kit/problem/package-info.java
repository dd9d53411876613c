/**
 * Refusals and their form on the wire (RFC 9457).
 *
 * <p>{@link org.voyage.kit.problem.Refusal} is the only exception that code throws on purpose. {@link
 * org.voyage.kit.problem.ProblemType} maps it to a status, {@link org.voyage.kit.problem.Problem} is its JSON. This
 * package knows no other package of the kit.
 */
@NullMarked
package org.voyage.kit.problem;

import org.jspecify.annotations.NullMarked;
