package org.voyage.indicators;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Base of tests of the running service: the topics of overseas exist, and the service answers requests. */
public interface RunningServiceTest {

    @BeforeAll
    static void createOverseasTopics() throws InterruptedException, ExecutionException {
        TestEventLog.createTopics();
    }

    @BeforeEach
    default void awaitReady() {
        TestEventLog.awaitReady();
    }
}
