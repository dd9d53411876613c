/** Location of the first event at which a differing cell diverged. */
@NullMarked
package org.voyage.indicators.feature.verification.trace;

import org.jspecify.annotations.NullMarked;
