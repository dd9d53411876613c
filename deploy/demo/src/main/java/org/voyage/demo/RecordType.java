package org.voyage.demo;

/** A collection of the overseas service, by its path. */
enum RecordType {
    SCHOOLS("overseas-schools"),
    HEADCOUNTS("overseas-headcounts"),
    TRAININGS("overseas-trainings");

    final String path;

    RecordType(String path) {
        this.path = path;
    }
}
