/**
 * The figures in memory: a pure fold of the log into cells. An event removes the old contribution of its key and adds
 * the new one.
 */
@NullMarked
package org.voyage.indicators.live;

import org.jspecify.annotations.NullMarked;
