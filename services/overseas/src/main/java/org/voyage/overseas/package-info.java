/** Overseas. */
@NullMarked
package org.voyage.overseas;

import org.jspecify.annotations.NullMarked;
