package org.voyage.kittest;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Recorder of everything that the service under test logs, until it is closed. */
public final class LogRecorder extends Handler implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private LogRecorder() {}

    /** Starts a recorder, whose first line shows that it records. */
    public static LogRecorder start() {
        LogRecorder recorder = new LogRecorder();
        ROOT.addHandler(recorder);
        Logger.getLogger("canary").info("the log is recorded");
        if (recorder.lines.isEmpty()) {
            throw new IllegalStateException("the log is not recorded");
        }
        return recorder;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(new SimpleFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
