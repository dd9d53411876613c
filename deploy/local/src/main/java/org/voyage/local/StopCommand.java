package org.voyage.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Command {@code ./voyage stop}: it ends the platform that runs on a data folder, in order, and returns when all processes
 * have ended. After a launcher that was killed it waits until the guard has ended the parts.
 */
final class StopCommand {

    /** Services finish their requests, and indicators may store what its JVM has learned. */
    private static final Duration TIME_LIMIT = Duration.ofMinutes(3);

    private static final long POLL_INTERVAL_MILLIS = 100;

    private StopCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Path data = LauncherArguments.parseFolders(List.of(arguments), List.of())
                    .getFirst();
            System.out.println(stopPlatform(data));
        } catch (StartFailedException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static String stopPlatform(Path data) throws InterruptedException {
        if (isStopped(data)) {
            return "No platform runs on " + data + ". 该数据目录上没有运行中的平台。";
        }
        Optional<ProcessHandle> launcher = DataFolder.findLauncher(data);
        // The shell's built-in: a small machine has no program of that name.
        if (launcher.isEmpty()
                || !SystemPrograms.succeeds(
                        "sh", "-c", "kill -TERM " + launcher.get().pid())) {
            throw new StartFailedException("The process that runs the platform on " + data
                    + " cannot be stopped: run ./voyage stop as the user who started it.");
        }
        long until = System.nanoTime() + TIME_LIMIT.toNanos();
        while (!isStopped(data)) {
            if (System.nanoTime() - until > 0) {
                throw new StartFailedException("The platform on " + data + " still stops after "
                        + TIME_LIMIT.toMinutes() + " minutes: see its logs, then try again.");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MILLIS);
        }
        return "Stopped the platform on " + data + ". 平台已停止。";
    }

    /** Returns whether no platform runs on the folder; waits for the processes of a launcher that has ended. */
    private static boolean isStopped(Path data) {
        Optional<DataFolder> stopped = DataFolder.openIfStopped(data);
        stopped.ifPresent(DataFolder::close);
        return stopped.isPresent();
    }
}
