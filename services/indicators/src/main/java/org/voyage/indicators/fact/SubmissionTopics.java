package org.voyage.indicators.fact;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.voyage.kit.log.LogTopics;

/** Submission topics of the record services: files, waiting or refused rows, and years. */
public final class SubmissionTopics {

    /** Kind of the topics with the states of years. */
    public static final String YEAR_CLOSE = "year-close";

    private static final List<String> SUBMISSION_KINDS = List.of("batch", "outstanding", YEAR_CLOSE);

    /** Services whose records operators keep: no bureau sends to them. */
    private static final Set<String> WITHOUT_BUREAUS = Set.of("feeds");

    private SubmissionTopics() {}

    /** Returns the submission topics of the services to which bureaus send the records. */
    public static LogTopics of(LogTopics records) {
        return new LogTopics(records.names().stream()
                        .filter(topic -> !WITHOUT_BUREAUS.contains(serviceOf(topic)))
                        .toList())
                .ofSameServices(SUBMISSION_KINDS);
    }

    /** Returns the names of the services to which bureaus send the records. */
    public static Set<String> servicesOf(LogTopics records) {
        Set<String> services = new TreeSet<>();
        records.names().forEach(topic -> services.add(serviceOf(topic)));
        services.removeAll(WITHOUT_BUREAUS);
        return services;
    }

    private static String serviceOf(String topic) {
        return topic.substring(0, topic.indexOf('.'));
    }
}
