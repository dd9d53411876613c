/**
 * Institutions and programmes that colleges run at home with partners abroad, and their headcounts: three records, one
 * package each, alike by convention.
 *
 * <p>This package holds the codes that the three share and no business rule.
 */
@NullMarked
package org.voyage.cooperation;

import org.jspecify.annotations.NullMarked;
