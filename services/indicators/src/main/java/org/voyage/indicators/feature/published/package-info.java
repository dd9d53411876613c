/**
 * Statistics as somebody published them: the set that comes with the platform, and the sets that operators load, each a
 * sequence of versions that are kept as they were sent.
 */
@NullMarked
package org.voyage.indicators.feature.published;

import org.jspecify.annotations.NullMarked;
