package org.voyage.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FatalErrorHandlerTest {

    private final List<Integer> exits = new CopyOnWriteArrayList<>();

    private void endThread(Runnable work) throws InterruptedException {
        Thread.ofPlatform()
                .uncaughtExceptionHandler(new FatalErrorHandler(exits::add))
                .start(work)
                .join();
    }

    /** A relay whose thread an Error had ended published nothing more until a restart of the service. */
    @Test
    void an_error_in_a_background_thread_ends_the_process() throws InterruptedException {
        endThread(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(exits).containsExactly(FatalErrorHandler.EXIT_CODE);
    }

    @Test
    void another_exception_does_not() throws InterruptedException {
        endThread(() -> {
            throw new IllegalStateException("a fault of one component");
        });
        assertThat(exits).isEmpty();
    }
}
