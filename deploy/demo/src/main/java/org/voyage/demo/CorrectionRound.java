package org.voyage.demo;

import java.time.Duration;
import java.util.List;

/**
 * Round of files that bureaus send after all other records were counted. Their first reports come with the history, so
 * that the figures are known with them before the round. The final states agree with the published figures.
 *
 * @param hoursAgo hours before the end of the demo's loading, to which the databases date the round
 */
record CorrectionRound(String what, int hoursAgo, List<RoundFile> files) {

    Duration ago() {
        return Duration.ofHours(hoursAgo);
    }

    /**
     * Records of one type and bureau.
     *
     * @param firstReport sent once, before the round; empty when the bureau is late
     * @param finalReport sent in the round; a withdrawal is a row with {@code withdraw} and {@code reason}
     */
    record RoundFile(List<RecordRow> firstReport, List<RecordRow> finalReport) {

        String province() {
            return finalReport.getFirst().province();
        }

        DemoRecordType type() {
            return finalReport.getFirst().type();
        }

        /** Returns the records of the history that the file has. */
        List<RecordRow> counted() {
            return finalReport.stream()
                    .filter(entry -> !entry.fields().containsKey("withdraw"))
                    .toList();
        }
    }
}
