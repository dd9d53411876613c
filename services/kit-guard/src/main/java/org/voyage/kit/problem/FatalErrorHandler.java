package org.voyage.kit.problem;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Handler of the end of a background thread. After an {@link Error} the process ends with one line in the log, because
 * a service without one of its threads looks well and does not work; whoever runs the process starts it again. After any
 * other exception only the line is written, and health reports the component.
 */
public final class FatalErrorHandler implements Thread.UncaughtExceptionHandler {
    /** Exit code of {@code sysexits.h} for an internal software error. */
    static final int EXIT_CODE = 70;

    private static final int MAX_CAUSE_DEPTH = 20;
    /** Several threads may lack memory at once: the log gets one line. */
    private static final AtomicBoolean WITHOUT_MEMORY = new AtomicBoolean();

    private static final Logger LOG = Logger.getLogger(FatalErrorHandler.class);

    private final IntConsumer exit;

    public FatalErrorHandler() {
        // Without shutdown hooks: after an Error they may wait forever.
        this(Runtime.getRuntime()::halt);
    }

    FatalErrorHandler(IntConsumer exit) {
        this.exit = exit;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        report(thread, failure, failure instanceof Error);
    }

    /**
     * Ends the process with one line if the failure is the lack of memory of any kind: heap, direct memory, metaspace or
     * threads. A process without memory answers nothing and looks well.
     */
    public static void endWithoutMemory(Throwable failure) {
        if (isLackOfMemory(failure) && WITHOUT_MEMORY.compareAndSet(false, true)) {
            new FatalErrorHandler().report(Thread.currentThread(), failure, true);
        }
    }

    static boolean isLackOfMemory(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSE_DEPTH; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private void report(Thread thread, Throwable failure, boolean fatal) {
        try {
            LOG.fatalf(
                    "Thread %s ended%s: %s%s",
                    thread.getName(), fatal ? ", and the process with it" : "", failure, placeOf(failure));
        } finally {
            if (fatal) {
                exit.accept(EXIT_CODE);
            }
        }
    }

    private static String placeOf(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return frames.length == 0 ? "" : " at " + frames[0];
    }
}
