package org.voyage.demo;

import com.fasterxml.jackson.annotation.JsonValue;

/** Record type of the demo: a collection of a service, by its path. Parents are listed before their children. */
enum DemoRecordType {
    ENROLMENTS(RecordService.MOBILITY, "inbound-enrolment"),
    PLACEMENTS(RecordService.MOBILITY, "outbound-placement"),
    ASSIGNMENTS(RecordService.MOBILITY, "teacher-assignment"),
    FOREIGN_TEACHERS(RecordService.MOBILITY, "foreign-teacher"),
    INSTITUTIONS(RecordService.COOPERATION, "cooperative-institution"),
    PROGRAMMES(RecordService.COOPERATION, "cooperative-programme"),
    COOPERATIVE_HEADCOUNTS(RecordService.COOPERATION, "cooperative-headcount"),
    SCHOOLS(RecordService.OVERSEAS, "overseas-school"),
    HEADCOUNTS(RecordService.OVERSEAS, "overseas-headcount"),
    TRAININGS(RecordService.OVERSEAS, "overseas-training"),
    STANDARDS(RecordService.STANDARDS, "standard"),
    RECOGNITIONS(RecordService.STANDARDS, "recognition"),
    CREDENTIALS(RecordService.STANDARDS, "credential-recognition");

    final RecordService service;

    /** File of {@code contracts/records}. */
    @JsonValue
    final String record;

    final String path;

    DemoRecordType(RecordService service, String record) {
        this.service = service;
        this.record = record;
        this.path = record + "s";
    }
}
