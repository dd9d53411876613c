/**
 * Closing a year: a bureau submits its province's records of a year, the national team accepts and locks the year. A
 * year is a record like any other, with versions, history and events; a year without a submission is open. Once it is
 * locked, every change of its figures is refused (rule {@code year-locked}) until the national team opens it again.
 */
@NullMarked
package org.voyage.kit.year;

import org.jspecify.annotations.NullMarked;
