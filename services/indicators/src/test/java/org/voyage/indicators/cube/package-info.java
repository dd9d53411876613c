@NullMarked
package org.voyage.indicators.cube;

import org.jspecify.annotations.NullMarked;
