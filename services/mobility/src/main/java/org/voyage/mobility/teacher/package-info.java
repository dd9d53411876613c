/** The foreign teacher: one teacher from abroad at one college. */
@NullMarked
package org.voyage.mobility.teacher;

import org.jspecify.annotations.NullMarked;
