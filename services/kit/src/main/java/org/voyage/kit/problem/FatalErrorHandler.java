package org.voyage.kit.problem;

import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Handler of the end of a background thread. After an {@link Error} the process ends with one line in the log, because
 * a service without one of its threads looks well and does not work; whoever runs the process starts it again. After any
 * other exception only the line is written, and health reports the component.
 */
public final class FatalErrorHandler implements Thread.UncaughtExceptionHandler {
    /** Exit code of {@code sysexits.h} for an internal software error. */
    static final int EXIT_CODE = 70;

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
        boolean fatal = failure instanceof Error;
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
