package org.voyage.mobility.personal;

import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordKey;

/**
 * The student of one enrolment.
 *
 * @param cause what sent it
 */
public record StudentIdentity(RecordKey enrolment, String nationality, PersonalData data, ChangeCause cause) {}
