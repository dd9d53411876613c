@NullMarked
package org.voyage.indicators.reference;

import org.jspecify.annotations.NullMarked;
