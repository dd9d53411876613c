/**
 * Standards that vocational colleges develop, their recognitions, and recognitions of credentials: three records, one
 * package each, alike by convention.
 *
 * <p>This package holds the codes that the three share and no business rule.
 */
@NullMarked
package org.voyage.standards;

import org.jspecify.annotations.NullMarked;
