/** The figures in memory: a pure fold of the log (minus what a key gave, plus what it gives now) into cells. */
@NullMarked
package org.voyage.indicators.live;

import org.jspecify.annotations.NullMarked;
