/**
 * Published statistics: the set of the platform, and the sets that operators load. Each set is a sequence of versions,
 * stored as they were sent.
 */
@NullMarked
package org.voyage.indicators.feature.published;

import org.jspecify.annotations.NullMarked;
