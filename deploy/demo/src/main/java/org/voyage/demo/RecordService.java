package org.voyage.demo;

/** Record service, with its name and its offset from the base port. */
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
