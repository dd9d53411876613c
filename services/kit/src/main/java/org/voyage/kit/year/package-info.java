/**
 * Closing a year: a bureau submits what its province says of a year, the national team accepts and locks it. A year is a
 * record like any other, with versions, history and events; one that nobody has spoken of is open. Once it is locked,
 * whatever would change its figures is refused (rule {@code year-locked}) until the national team opens it again.
 */
@NullMarked
package org.voyage.kit.year;

import org.jspecify.annotations.NullMarked;
