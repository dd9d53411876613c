/**
 * Overseas service: overseas schools, their headcounts and their trainings. The three record types have one package
 * each and follow the same conventions.
 *
 * <p>This package holds the codes that the three share and no business rule.
 */
@NullMarked
package org.voyage.overseas;

import org.jspecify.annotations.NullMarked;
