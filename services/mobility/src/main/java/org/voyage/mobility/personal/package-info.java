/**
 * Personal data of students from abroad: name, passport number, date of birth. It arrives with an enrolment and is
 * separated from it at once. All instances of {@link org.voyage.mobility.personal.SubmittedPersonalData} are equal,
 * print nothing and are never written. So no event, answer, history, log line or figure contains personal data.
 *
 * <ul>
 * <li> {@link org.voyage.mobility.personal.PersonalTable} is the only place that stores it: encrypted, without history.
 * <li> {@link org.voyage.mobility.personal.KeyRing} encrypts it under the primary key and binds it to its row;
 *     {@link org.voyage.mobility.personal.KeyRotation} moves all data to the primary key.
 * <li> Passport number, date of birth and nationality give a pseudonym, a keyed hash. Equal pseudonyms identify the
 *     same student. The pseudonym leaves this database for a privacy officer only.
 * <li> {@link org.voyage.mobility.personal.PersonalDataService} stores, reads, moves and erases it. Each of these is
 *     audited, without the data.
 * </ul>
 */
@NullMarked
package org.voyage.mobility.personal;

import org.jspecify.annotations.NullMarked;
