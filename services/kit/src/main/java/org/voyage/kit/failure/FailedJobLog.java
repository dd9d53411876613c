package org.voyage.kit.failure;

import io.quarkus.scheduler.FailedExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.voyage.kit.problem.Refusal;

/**
 * Log of scheduled jobs that failed, in place of the scheduler's own, which writes a stack trace each time. A job that
 * runs each second would write one each second while the database is away.
 */
@ApplicationScoped
class FailedJobLog {

    private static final Logger LOG = Logger.getLogger(FailedJobLog.class);

    private final FailureLog failures = new FailureLog();

    void log(@Observes FailedExecution job) {
        String name = job.getExecution().getTrigger().getMethodDescription();
        if (FailureClassifier.toRefusal(job.getException()) instanceof Refusal.Unavailable) {
            LOG.warnf("A job could not reach a backend (%s): %s", name, FailureLog.describe(job.getException()));
        } else {
            failures.logFailedJob(job.getException(), name);
        }
    }
}
