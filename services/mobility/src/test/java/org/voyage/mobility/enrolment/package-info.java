/** Tests of enrolment. */
@NullMarked
package org.voyage.mobility.enrolment;

import org.jspecify.annotations.NullMarked;
