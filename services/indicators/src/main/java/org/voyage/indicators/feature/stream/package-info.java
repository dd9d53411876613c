/** Stream of figure changes: server-sent events of each changed slice. */
@NullMarked
package org.voyage.indicators.feature.stream;

import org.jspecify.annotations.NullMarked;
