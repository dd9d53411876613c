/**
 * Students from and to abroad, teachers sent abroad, teachers from abroad: four records, one package each, alike by
 * convention, and the personal data of students from abroad in a package of its own.
 *
 * <p>This package holds the codes that the records share and no business rule.
 */
@NullMarked
package org.voyage.mobility;

import org.jspecify.annotations.NullMarked;
