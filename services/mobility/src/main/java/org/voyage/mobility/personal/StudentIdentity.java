package org.voyage.mobility.personal;

import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordKey;

/**
 * Personal data of one enrolment, to be stored.
 *
 * @param cause cause of the write
 */
public record StudentIdentity(RecordKey enrolment, String nationality, PersonalData data, ChangeCause cause) {}
