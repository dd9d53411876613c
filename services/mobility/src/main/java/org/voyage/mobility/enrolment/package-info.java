/** The inbound enrolment: one student from abroad at one college, and the access to the student's personal data. */
@NullMarked
package org.voyage.mobility.enrolment;

import org.jspecify.annotations.NullMarked;
