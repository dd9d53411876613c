package org.voyage.indicators.fact;

import java.util.List;
import org.voyage.kit.log.LogTopics;

/** Submission topics of the record services: files, waiting or refused rows, and years. */
public final class SubmissionTopics {

    /** Kind of the topics with the states of years. */
    public static final String YEAR_CLOSE = "year-close";

    private static final List<String> SUBMISSION_KINDS = List.of("batch", "outstanding", YEAR_CLOSE);

    private SubmissionTopics() {}

    /** Returns the submission topics of the services that publish the records. */
    public static LogTopics of(LogTopics records) {
        return records.ofSameServices(SUBMISSION_KINDS);
    }
}
