/** Figures that move while one watches: server-sent events of each slice that changed. */
@NullMarked
package org.voyage.indicators.feature.stream;

import org.jspecify.annotations.NullMarked;
