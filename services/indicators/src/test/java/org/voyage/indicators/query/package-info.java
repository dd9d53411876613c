/** The answers, asked for as their readers do. */
@NullMarked
package org.voyage.indicators.query;

import org.jspecify.annotations.NullMarked;
