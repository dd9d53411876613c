package org.voyage.kit.guard;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.FatalErrorHandler;

/**
 * End of the process when memory of any kind is exhausted. The JVM itself ends for the heap only, and frameworks catch
 * the errors of direct memory and of threads and write them to the log. So this class reads the log and the failures
 * that no code has caught.
 */
@ApplicationScoped
class MemoryExhaustion {

    private static final Logger ROOT = Logger.getLogger("");

    private final Handler logged = new LoggedFailures();
    private Thread.@Nullable UncaughtExceptionHandler other;

    void watchFailures(@Observes @Priority(1) StartupEvent event) {
        other = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(this::endOrPass);
        // First of all: the other handlers would write the stack trace.
        List<Handler> others = List.of(ROOT.getHandlers());
        others.forEach(ROOT::removeHandler);
        ROOT.addHandler(logged);
        others.forEach(ROOT::addHandler);
    }

    void stop(@Observes ShutdownEvent event) {
        ROOT.removeHandler(logged);
        Thread.setDefaultUncaughtExceptionHandler(other);
    }

    private void endOrPass(Thread thread, Throwable failure) {
        FatalErrorHandler.endWithoutMemory(failure);
        Thread.@Nullable UncaughtExceptionHandler next = other;
        if (next != null) {
            next.uncaughtException(thread, failure);
        }
    }

    /** Reader of the failures in the log. */
    private static final class LoggedFailures extends Handler {
        @Override
        public void publish(LogRecord line) {
            @Nullable Throwable failure = line.getThrown();
            if (failure != null) {
                FatalErrorHandler.endWithoutMemory(failure);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
