/**
 * An independent recount of all figures from one source of states.
 *
 * <p>The recount reads the JSON itself and visits each newest state once. It uses neither the live fold nor its
 * readers, dictionaries, cubes and query engine; an architecture rule enforces this.
 */
@NullMarked
package org.voyage.indicators.feature.verification.recount;

import org.jspecify.annotations.NullMarked;
