@NullMarked
package org.voyage.indicators.evidence.checkpoint;

import org.jspecify.annotations.NullMarked;
