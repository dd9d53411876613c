/** The recognition (采认): one standard adopted in one country. */
@NullMarked
package org.voyage.standards.recognition;

import org.jspecify.annotations.NullMarked;
