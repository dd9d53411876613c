/**
 * Overseas schools, their headcounts and their trainings: three records, one package each, alike by convention.
 *
 * <p>This package holds the codes that the three share and no business rule.
 */
@NullMarked
package org.voyage.overseas;

import org.jspecify.annotations.NullMarked;
