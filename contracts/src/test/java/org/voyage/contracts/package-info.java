/** Tests of every file of this module against its schema and against the other files that it names. */
@NullMarked
package org.voyage.contracts;

import org.jspecify.annotations.NullMarked;
