/**
 * Overseas schools, their headcounts and their trainings: three records, one package each, alike by convention.
 *
 * <p>This package holds what the three have in common and no business rule: the key, the versions of a record, their
 * table, the event of a change, and the rows that wait for their school.
 */
@NullMarked
package org.voyage.overseas;

import org.jspecify.annotations.NullMarked;
