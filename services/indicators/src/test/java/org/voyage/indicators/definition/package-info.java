@NullMarked
package org.voyage.indicators.definition;

import org.jspecify.annotations.NullMarked;
