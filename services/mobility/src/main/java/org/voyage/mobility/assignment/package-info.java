/** The teacher assignment: teachers of one college sent abroad together. */
@NullMarked
package org.voyage.mobility.assignment;

import org.jspecify.annotations.NullMarked;
