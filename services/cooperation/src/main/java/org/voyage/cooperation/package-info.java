/**
 * Cooperation service: institutions and programmes that colleges run at home with partners abroad, and their
 * headcounts. The three record types have one package each and follow the same conventions.
 *
 * <p>This package holds the codes that the three share and no business rule.
 */
@NullMarked
package org.voyage.cooperation;

import org.jspecify.annotations.NullMarked;
