/**
 * What is personal about students from abroad: name, passport number, date of birth. It comes with an enrolment and is
 * parted from it at once: {@link org.voyage.mobility.personal.SubmittedPersonalData} is equal to any other, prints nothing and is
 * never written, so that no event, answer, history, log line or figure can have it.
 *
 * <ul>
 *   <li>{@link org.voyage.mobility.personal.PersonalTable} is the one place where it is kept: encrypted, without history.
 *   <li>{@link org.voyage.mobility.personal.KeyRing} encrypts it under the primary key of several and binds it to its row;
 *       {@link org.voyage.mobility.personal.KeyRotation} brings everything under the primary key.
 *   <li>A student is the same student wherever passport number, date of birth and nationality give the same pseudonym: a
 *       keyed hash that leaves this database for a privacy officer only.
 *   <li>{@link org.voyage.mobility.personal.PersonalDataService} stores, reads, moves and erases it; each of these is audited,
 *       without the data.
 * </ul>
 */
@NullMarked
package org.voyage.mobility.personal;

import org.jspecify.annotations.NullMarked;
