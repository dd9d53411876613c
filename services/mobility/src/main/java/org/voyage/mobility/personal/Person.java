package org.voyage.mobility.personal;

import org.voyage.kit.record.RecordKey;

/** The student of one enrolment. */
public record Person(RecordKey enrolment, String nationality, PersonalData data) {}
