@NullMarked
package org.voyage.indicators.intake;

import org.jspecify.annotations.NullMarked;
