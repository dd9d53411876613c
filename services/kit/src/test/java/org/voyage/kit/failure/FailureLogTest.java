package org.voyage.kit.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final Logger logger = Logger.getLogger(FailureLog.class.getName());
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void collectLines() {
        logger.addHandler(collector);
    }

    @AfterEach
    void stopCollecting() {
        logger.removeHandler(collector);
    }

    private static RuntimeException failure(String message) {
        return new IllegalStateException("outer", new NullPointerException(message));
    }

    /** A job of each second wrote a stack trace each second while the database was away. */
    @Test
    void a_job_that_fails_again_is_one_line_without_a_stack_trace() {
        FailureLog log = new FailureLog();
        for (int i = 0; i < 2; i++) {
            log.logFailedJob(failure("x"), "AuditMetrics#updateGauges");
        }
        assertThat(lines.stream().map(line -> line.getThrown() != null)).containsExactly(true, false);
        assertThat(lines.getLast().getMessage()).contains("AuditMetrics#updateGauges");
    }

    /** 30,000 requests with a broken token wrote 500 MB of stack traces. */
    @Test
    void a_failure_that_comes_again_is_one_line_without_a_stack_trace() {
        FailureLog log = new FailureLog();
        for (int i = 0; i < 3; i++) {
            log.logUnexpected(failure("passport E12345678"), "request-" + i);
        }
        log.logUnexpected(new ArithmeticException(), "request-3");

        assertThat(lines).hasSize(4);
        assertThat(lines.stream().map(line -> line.getThrown() != null)).containsExactly(true, false, false, true);
        assertThat(lines.get(1).getMessage())
                .contains("request-1", "IllegalStateException", "NullPointerException", "FailureLogTest")
                .doesNotContain("E12345678", "\n");
        StringWriter trace = new StringWriter();
        lines.getFirst().getThrown().printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("NullPointerException").doesNotContain("E12345678");
    }
}
