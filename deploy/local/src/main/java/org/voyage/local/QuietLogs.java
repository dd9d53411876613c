package org.voyage.local;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps what libraries log off a launcher's terminal: failures are told by {@link StartFailedException}. */
final class QuietLogs {
    // Held here, because the log manager forgets levels of loggers that nobody holds.
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("org.apache.kafka"), Logger.getLogger("org.postgresql"), Logger.getLogger("com.sun.net"));

    private QuietLogs() {}

    static void installHandlers() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
