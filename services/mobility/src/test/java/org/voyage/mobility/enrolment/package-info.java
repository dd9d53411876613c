/** Tests of inbound enrolments. */
@NullMarked
package org.voyage.mobility.enrolment;

import org.jspecify.annotations.NullMarked;
