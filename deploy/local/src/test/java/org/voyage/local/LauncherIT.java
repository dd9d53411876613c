package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Set<PosixFilePermission> NO_PERMISSIONS = PosixFilePermissions.fromString("---------");
    private static final Set<PosixFilePermission> OWNER_PERMISSIONS = PosixFilePermissions.fromString("rwx------");

    @TempDir
    Path folder;

    /** The folder is deleted next; a process that still wrote to it would make that fail. */
    @AfterEach
    void awaitEndOfGuard() {
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(LauncherProcess.commandLinesOn(folder)).isEmpty());
    }

    @Test
    void kill9OfTheLauncherLeavesNoProcessAndTheDataStartsAgain() throws Exception {
        Path data = folder.resolve("data");
        try (LauncherProcess launcher = startLauncher(data, LauncherProcess.freeBasePort())) {
            assertThat(LauncherProcess.commandLinesOn(data)).hasSizeGreaterThanOrEqualTo(2);
            launcher.process().destroyForcibly();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(LauncherProcess.commandLinesOn(data)).isEmpty());
        }
        try (LauncherProcess again = startLauncher(data, LauncherProcess.freeBasePort())) {
            assertThat(again.process().isAlive()).isTrue();
        }
    }

    @Test
    void aLauncherThatFollowsAKilledOneAtOnceWaitsForItsProcessesToGo() throws Exception {
        Path data = folder.resolve("data");
        int port = LauncherProcess.freeBasePort();
        try (LauncherProcess first = startLauncher(data, port)) {
            first.process().destroyForcibly().waitFor();
            try (LauncherProcess second = startLauncher(data, port)) {
                assertThat(second.process().isAlive()).isTrue();
            }
        }
    }

    @Test
    void whoFollowsALauncherThatWasKilledWhileItFilledTheFolderFindsNobodyFillingIt() throws Exception {
        Path data = folder.resolve("data");
        int port = LauncherProcess.freeBasePort();
        try (LauncherProcess first = LauncherProcess.start(data, port)) {
            ProcessHandle left = awaitInitdb(data, -1);
            first.process().destroyForcibly().waitFor();
            try (LauncherProcess second = LauncherProcess.start(data, port)) {
                awaitInitdb(data, left.pid());
                assertThat(left.isAlive()).isFalse();
                awaitReady(second);
            }
        }
    }

    private static ProcessHandle awaitInitdb(Path data, long butNot) {
        return await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> LauncherProcess.initdbProcessesOf(data).stream()
                                .filter(handle -> handle.pid() != butNot)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void interruptStopsEverything() throws Exception {
        Path data = folder.resolve("data");
        try (LauncherProcess launcher = startLauncher(data, LauncherProcess.freeBasePort())) {
            launcher.sendInterrupt();
            assertThat(launcher.awaitExitStatus()).isEqualTo(130);
            assertThat(LauncherProcess.commandLinesOn(data)).isEmpty();
            assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void stopEndsThePlatformOfADataFolderInOrder() throws Exception {
        Path data = folder.resolve("data");
        try (LauncherProcess launcher = startLauncher(data, LauncherProcess.freeBasePort())) {
            ProgramResult stopped = ProgramResult.run(StopCommand.class, "--data", data.toString());

            assertThat(stopped.status()).as(stopped.complained()).isZero();
            assertThat(launcher.awaitExitStatus()).isEqualTo(143);
            assertThat(LauncherProcess.commandLinesOn(data)).isEmpty();
            assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        }
        assertThat(ProgramResult.run(StopCommand.class, "--data", data.toString()))
                .returns(0, ProgramResult::status)
                .extracting(ProgramResult::output)
                .asString()
                .startsWith("No platform runs on " + data);
    }

    @Test
    void stopAfterAKilledLauncherReturnsWhenItsProcessesHaveEnded() throws Exception {
        Path data = folder.resolve("data");
        try (LauncherProcess launcher = startLauncher(data, LauncherProcess.freeBasePort())) {
            launcher.process().destroyForcibly().waitFor();

            ProgramResult stopped = ProgramResult.run(StopCommand.class, "--data", data.toString());

            assertThat(stopped.status()).as(stopped.complained()).isZero();
            assertThat(LauncherProcess.commandLinesOn(data)).isEmpty();
        }
    }

    @Test
    void stopOfAFolderWithoutAPlatformIsRefusedInOneSentence() throws Exception {
        assertThat(ProgramResult.run(StopCommand.class, "--data", folder.toString()))
                .returns(1, ProgramResult::status)
                .extracting(ProgramResult::complained)
                .isEqualTo(folder + " is not the data folder of a platform: name the one of ./voyage up with --data"
                        + " DIR.\n");
    }

    /** A fresh Debian has no program of that name. */
    @Test
    void interruptStopsEverythingInOrderWhereThereIsNoProgramKill() throws Exception {
        Path data = folder.resolve("data");
        try (RestrictedMachine tools = RestrictedMachine.allBut("kill");
                LauncherProcess launcher =
                        LauncherProcess.start(List.of(), tools.environment(), data, LauncherProcess.freeBasePort())) {
            awaitReady(launcher);
            launcher.sendInterrupt();
            assertThat(launcher.awaitExitStatus()).isEqualTo(130);
            assertThat(LauncherProcess.commandLinesOn(data)).isEmpty();
            assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void theDataOfARunningPlatformIsRefusedInOneSentence() throws Exception {
        Path data = folder.resolve("data");
        try (LauncherProcess first = startLauncher(data, LauncherProcess.freeBasePort());
                LauncherProcess second = LauncherProcess.start(data, LauncherProcess.freeBasePort())) {
            assertThat(second.awaitExitStatus()).isEqualTo(1);
            assertThat(second.readOutput().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Another ./voyage already runs on the data in " + data);
            assertThat(first.process().isAlive()).isTrue();
        }
    }

    @Test
    void aBusyPortIsToldInOneSentence() throws Exception {
        int port = LauncherProcess.freeBasePort();
        try (ServerSocket other = new ServerSocket(port + 10, 1, InetAddress.getLoopbackAddress());
                LauncherProcess launcher = LauncherProcess.start(folder.resolve("data"), port)) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Port " + other.getLocalPort() + " (for Kafka) is used by another program");
        }
    }

    @Test
    void aFolderOfSomebodyElseIsNeverTakenForData() throws Exception {
        Path precious = Files.writeString(folder.resolve("thesis.txt"), "years of work");
        try (LauncherProcess launcher = LauncherProcess.start(folder, LauncherProcess.freeBasePort())) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput().lines())
                    .singleElement()
                    .asString()
                    .contains("files that are not Voyage's");
            assertThat(precious).exists();
        }
    }

    @Test
    void aDataFolderThatIsAFileIsToldInOneSentence() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (LauncherProcess launcher = LauncherProcess.start(file, LauncherProcess.freeBasePort())) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput().lines()).singleElement().asString().contains("is not a folder");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDataFolderThatCannotBeMadeIsToldInOneSentence() throws Exception {
        try (LauncherProcess launcher =
                LauncherProcess.start(Path.of("/proc/voyage-data"), LauncherProcess.freeBasePort())) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("The data folder /proc/voyage-data cannot be used (no folder can be made there):"
                            + " choose another with --data DIR.");
        }
    }

    @Test
    void freshEmptiesTheFolderAndNotWhenItCannotStartAnyway() throws Exception {
        Path data = folder.resolve("data");
        int port = LauncherProcess.freeBasePort();
        startLauncher(data, port).stopProcess();
        Path kept = Files.writeString(data.resolve("postgres/kept"), "what was there");
        try (ServerSocket other = new ServerSocket(port + 11, 1, InetAddress.getLoopbackAddress());
                LauncherProcess refused = LauncherProcess.start(data, port, "--fresh")) {
            assertThat(refused.awaitExitStatus()).isEqualTo(1);
            assertThat(refused.readOutput()).contains("Port " + other.getLocalPort());
            assertThat(kept).exists();
        }
        try (LauncherProcess fresh = LauncherProcess.start(data, port, "--fresh")) {
            awaitReady(fresh);
            assertThat(kept).doesNotExist();
        }
    }

    @Test
    @EnabledIf("org.voyage.local.RestrictedMachine#mayMount")
    void aDiskThatIsNearlyFullIsToldInOneSentence() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (LauncherProcess launcher = startOnDisk(disk, "size=8m")) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput().lines())
                    .singleElement()
                    .asString()
                    .startsWith("The disk of " + disk.resolve("data") + " has only ")
                    .endsWith(" MB left and Voyage wants 1024:"
                            + " free some space, or choose another folder with --data DIR.");
        }
    }

    @Test
    @EnabledIf("org.voyage.local.RestrictedMachine#mayMount")
    void aDiskThatTakesNothingMoreIsToldInOneSentence() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        // The only file with room is the disk's own root.
        try (LauncherProcess launcher = startOnDisk(disk, "size=2g,nr_inodes=1")) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("The data folder " + disk.resolve("data") + " cannot be used (no space left on device):"
                            + " choose another with --data DIR.");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDataFolderThatThisUserMayNotReadIsToldInOneSentence() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, NO_PERMISSIONS);
        try (LauncherProcess launcher = startUnprivileged(data)) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput().lines()).singleElement().asString().isEqualTo(startUnreadable(data));
        } finally {
            Files.setPosixFilePermissions(data, OWNER_PERMISSIONS);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void dataThatAnotherUserBeganIsToldInOneSentence() throws Exception {
        Path data = folder.resolve("data");
        startLauncher(data, LauncherProcess.freeBasePort()).stopProcess();
        Files.setPosixFilePermissions(data.resolve("postgres"), NO_PERMISSIONS);
        try (LauncherProcess launcher = startUnprivileged(data)) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput().lines()).singleElement().asString().isEqualTo(startUnreadable(data));
        } finally {
            Files.setPosixFilePermissions(data.resolve("postgres"), OWNER_PERMISSIONS);
        }
    }

    @Test
    void aPartThatDoesNotStartIsToldWithItsOwnReasonInOneSentence() throws Exception {
        Path data = folder.resolve("data");
        int port = LauncherProcess.freeBasePort();
        startLauncher(data, port).stopProcess();
        FolderDeleter.deleteFolder(data.resolve("postgres/pg_wal"));
        try (LauncherProcess launcher = LauncherProcess.start(data, port)) {
            assertThat(launcher.awaitExitStatus()).isEqualTo(1);
            assertThat(launcher.readOutput().lines().filter(line -> !line.startsWith("  ")))
                    .singleElement()
                    .asString()
                    .startsWith("PostgreSQL ended while starting, saying \"")
                    .contains("FATAL", "pg_wal")
                    .endsWith("(log: " + data.resolve("logs/postgres.log") + ").");
        }
    }

    private static String startUnreadable(Path data) {
        return "The data folder " + data
                + " cannot be used (this user may not read and write it): choose another with --data DIR.";
    }

    private static LauncherProcess startUnprivileged(Path data) throws Exception {
        return LauncherProcess.start(
                RestrictedMachine.asWhoMayNoMoreThanOthers(), Map.of(), data, LauncherProcess.freeBasePort());
    }

    private static LauncherProcess startOnDisk(Path disk, String options) throws Exception {
        return LauncherProcess.start(
                RestrictedMachine.afterMounting(disk, options),
                Map.of(),
                disk.resolve("data"),
                LauncherProcess.freeBasePort());
    }

    private static LauncherProcess startLauncher(Path data, int basePort) throws Exception {
        LauncherProcess launcher = LauncherProcess.start(data, basePort);
        awaitReady(launcher);
        return launcher;
    }

    private static void awaitReady(LauncherProcess launcher) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(launcher.readOutput()).contains("READY"));
    }
}
