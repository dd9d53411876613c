/** Answers to questions about figures, over HTTP. */
@NullMarked
package org.voyage.indicators.query;

import org.jspecify.annotations.NullMarked;
