@NullMarked
package org.voyage.indicators.history;

import org.jspecify.annotations.NullMarked;
