/**
 * Unexpected exceptions: {@link org.voyage.kit.failure.FailureClassifier} turns each into a refusal. Bad input is never a
 * 5xx, an unreachable backend is a 503, a fault of the service is a 500 that shows nothing and is logged under the
 * request id.
 */
@NullMarked
package org.voyage.kit.failure;

import org.jspecify.annotations.NullMarked;
