@NullMarked
package org.voyage.indicators.log;

import org.jspecify.annotations.NullMarked;
