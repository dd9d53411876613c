/** Questions for values, asked as their readers do. */
@NullMarked
package org.voyage.indicators.values;

import org.jspecify.annotations.NullMarked;
