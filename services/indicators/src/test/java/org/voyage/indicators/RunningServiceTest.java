package org.voyage.indicators;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What tests of the running service begin with: the topics of overseas are there, and it answers questions. */
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
