package org.voyage.local;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Log setting that keeps libraries' logs off a launcher's terminal: {@link StartFailedException} reports failures. */
final class QuietLogs {
    // Strong references: the log manager forgets the levels of unreferenced loggers.
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("org.apache.kafka"), Logger.getLogger("org.postgresql"), Logger.getLogger("com.sun.net"));

    private QuietLogs() {}

    static void installHandlers() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    }
}
