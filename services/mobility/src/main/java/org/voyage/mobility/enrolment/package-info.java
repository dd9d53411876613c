/** The inbound enrolment: one student from abroad at one college, and what is personal about the student. */
@NullMarked
package org.voyage.mobility.enrolment;

import org.jspecify.annotations.NullMarked;
