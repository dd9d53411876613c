package org.voyage.demo;

/** A service that takes records, by its name and its place after the base port. */
enum RecordService {
    MOBILITY("mobility", 1),
    COOPERATION("cooperation", 2),
    OVERSEAS("overseas", 3),
    STANDARDS("standards", 4);

    final String label;
    final int offset;

    RecordService(String label, int offset) {
        this.label = label;
        this.offset = offset;
    }
}
