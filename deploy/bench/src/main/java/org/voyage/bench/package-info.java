/** Bench. */
@NullMarked
package org.voyage.bench;

import org.jspecify.annotations.NullMarked;
