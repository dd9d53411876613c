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
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Set<PosixFilePermission> NOBODY = PosixFilePermissions.fromString("---------");
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    @TempDir
    Path folder;

    /** The folder is deleted next; whoever still wrote to it would make that fail. */
    @AfterEach
    void theGuardHasStoppedEverything() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Launcher.processesOn(folder)).isEmpty());
    }

    @Test
    void kill9OfTheLauncherLeavesNoProcessAndTheDataStartsAgain() throws Exception {
        Path data = folder.resolve("data");
        try (Launcher launcher = started(data, Launcher.freeBasePort())) {
            assertThat(Launcher.processesOn(data)).hasSizeGreaterThanOrEqualTo(2);
            launcher.process().destroyForcibly();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Launcher.processesOn(data)).isEmpty());
        }
        try (Launcher again = started(data, Launcher.freeBasePort())) {
            assertThat(again.process().isAlive()).isTrue();
        }
    }

    @Test
    void aLauncherThatFollowsAKilledOneAtOnceWaitsForItsProcessesToGo() throws Exception {
        Path data = folder.resolve("data");
        int port = Launcher.freeBasePort();
        try (Launcher first = started(data, port)) {
            first.process().destroyForcibly().waitFor();
            try (Launcher second = started(data, port)) {
                assertThat(second.process().isAlive()).isTrue();
            }
        }
    }

    @Test
    void whoFollowsALauncherThatWasKilledWhileItFilledTheFolderFindsNobodyFillingIt() throws Exception {
        Path data = folder.resolve("data");
        int port = Launcher.freeBasePort();
        try (Launcher first = Launcher.start(data, port)) {
            ProcessHandle left = awaitFiller(data, -1);
            first.process().destroyForcibly().waitFor();
            try (Launcher second = Launcher.start(data, port)) {
                awaitFiller(data, left.pid());
                assertThat(left.isAlive()).isFalse();
                awaitReady(second);
            }
        }
    }

    private static ProcessHandle awaitFiller(Path data, long butNot) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> Launcher.fillersOf(data).stream()
                                .filter(handle -> handle.pid() != butNot)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void interruptStopsEverything() throws Exception {
        Path data = folder.resolve("data");
        try (Launcher launcher = started(data, Launcher.freeBasePort())) {
            launcher.interrupt();
            assertThat(launcher.ended()).isEqualTo(130);
            assertThat(Launcher.processesOn(data)).isEmpty();
            assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        }
    }

    /** A fresh Debian has no program of that name. */
    @Test
    void interruptStopsEverythingInOrderWhereThereIsNoProgramKill() throws Exception {
        Path data = folder.resolve("data");
        try (Tools tools = Tools.allBut("kill");
                Launcher launcher = Launcher.start(List.of(), tools.environment(), data, Launcher.freeBasePort())) {
            awaitReady(launcher);
            launcher.interrupt();
            assertThat(launcher.ended()).isEqualTo(130);
            assertThat(Launcher.processesOn(data)).isEmpty();
            assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void theDataOfARunningPlatformIsRefusedInOneSentence() throws Exception {
        Path data = folder.resolve("data");
        try (Launcher first = started(data, Launcher.freeBasePort());
                Launcher second = Launcher.start(data, Launcher.freeBasePort())) {
            assertThat(second.ended()).isEqualTo(1);
            assertThat(second.said().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Another ./voyage already runs on the data in " + data);
            assertThat(first.process().isAlive()).isTrue();
        }
    }

    @Test
    void aBusyPortIsToldInOneSentence() throws Exception {
        int port = Launcher.freeBasePort();
        try (ServerSocket other = new ServerSocket(port + 10, 1, InetAddress.getLoopbackAddress());
                Launcher launcher = Launcher.start(folder.resolve("data"), port)) {
            assertThat(launcher.ended()).isEqualTo(1);
            assertThat(launcher.said().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Port " + other.getLocalPort() + " (for Kafka) is used by another program");
        }
    }

    @Test
    void aFolderOfSomebodyElseIsNeverTakenForData() throws Exception {
        Path precious = Files.writeString(folder.resolve("thesis.txt"), "years of work");
        try (Launcher launcher = Launcher.start(folder, Launcher.freeBasePort())) {
            assertThat(launcher.ended()).isEqualTo(1);
            assertThat(launcher.said().lines()).singleElement().asString().contains("files that are not Voyage's");
            assertThat(precious).exists();
        }
    }

    @Test
    void aDataFolderThatIsAFileIsToldInOneSentence() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (Launcher launcher = Launcher.start(file, Launcher.freeBasePort())) {
            assertThat(launcher.ended()).isEqualTo(1);
            assertThat(launcher.said().lines()).singleElement().asString().contains("is not a folder");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDataFolderThatCannotBeMadeIsToldInOneSentence() throws Exception {
        try (Launcher launcher = Launcher.start(Path.of("/proc/voyage-data"), Launcher.freeBasePort())) {
            assertThat(launcher.ended()).isEqualTo(1);
            assertThat(launcher.said().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("The data folder /proc/voyage-data cannot be used (no folder can be made there):"
                            + " choose another with --data DIR.");
        }
    }

    @Test
    void freshEmptiesTheFolderAndNotWhenItCannotStartAnyway() throws Exception {
        Path data = folder.resolve("data");
        int port = Launcher.freeBasePort();
        started(data, port).stop();
        Path kept = Files.writeString(data.resolve("postgres/kept"), "what was there");
        try (ServerSocket other = new ServerSocket(port + 11, 1, InetAddress.getLoopbackAddress());
                Launcher refused = Launcher.start(data, port, "--fresh")) {
            assertThat(refused.ended()).isEqualTo(1);
            assertThat(refused.said()).contains("Port " + other.getLocalPort());
            assertThat(kept).exists();
        }
        try (Launcher fresh = Launcher.start(data, port, "--fresh")) {
            awaitReady(fresh);
            assertThat(kept).doesNotExist();
        }
    }

    @Test
    @EnabledIf("org.voyage.local.Tools#mayMount")
    void aDiskThatIsNearlyFullIsToldInOneSentence() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (Launcher launcher = onADisk(disk, "size=8m")) {
            assertThat(launcher.ended()).isEqualTo(1);
            assertThat(launcher.said().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("The disk of " + disk.resolve("data") + " has only 8 MB left and Voyage wants 1024:"
                            + " free some space, or choose another folder with --data DIR.");
        }
    }

    @Test
    @EnabledIf("org.voyage.local.Tools#mayMount")
    void aDiskThatTakesNothingMoreIsToldInOneSentence() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        // The one file that there is room for is the disk's own root.
        try (Launcher launcher = onADisk(disk, "size=2g,nr_inodes=1")) {
            assertThat(launcher.ended()).isEqualTo(1);
            assertThat(launcher.said().lines())
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
        Files.setPosixFilePermissions(data, NOBODY);
        try (Launcher launcher = asWhoMayNoMoreThanOthers(data)) {
            assertThat(launcher.ended()).isEqualTo(1);
            assertThat(launcher.said().lines()).singleElement().asString().isEqualTo(unreadable(data));
        } finally {
            Files.setPosixFilePermissions(data, OWNER);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void dataThatAnotherUserBeganIsToldInOneSentence() throws Exception {
        Path data = folder.resolve("data");
        started(data, Launcher.freeBasePort()).stop();
        Files.setPosixFilePermissions(data.resolve("postgres"), NOBODY);
        try (Launcher launcher = asWhoMayNoMoreThanOthers(data)) {
            assertThat(launcher.ended()).isEqualTo(1);
            assertThat(launcher.said().lines()).singleElement().asString().isEqualTo(unreadable(data));
        } finally {
            Files.setPosixFilePermissions(data.resolve("postgres"), OWNER);
        }
    }

    @Test
    void aPartThatDoesNotStartIsToldWithItsOwnReasonInOneSentence() throws Exception {
        Path data = folder.resolve("data");
        int port = Launcher.freeBasePort();
        started(data, port).stop();
        Folders.erase(data.resolve("postgres/pg_wal"));
        try (Launcher launcher = Launcher.start(data, port)) {
            assertThat(launcher.ended()).isEqualTo(1);
            assertThat(launcher.said().lines().filter(line -> !line.startsWith("  ")))
                    .singleElement()
                    .asString()
                    .startsWith("PostgreSQL ended while starting, saying \"")
                    .contains("FATAL", "pg_wal")
                    .endsWith("(log: " + data.resolve("logs/postgres.log") + ").");
        }
    }

    private static String unreadable(Path data) {
        return "The data folder " + data
                + " cannot be used (this user may not read and write it): choose another with --data DIR.";
    }

    private static Launcher asWhoMayNoMoreThanOthers(Path data) throws Exception {
        return Launcher.start(Tools.asWhoMayNoMoreThanOthers(), Map.of(), data, Launcher.freeBasePort());
    }

    private static Launcher onADisk(Path disk, String options) throws Exception {
        return Launcher.start(
                Tools.afterMounting(disk, options), Map.of(), disk.resolve("data"), Launcher.freeBasePort());
    }

    private static Launcher started(Path data, int basePort) throws Exception {
        Launcher launcher = Launcher.start(data, basePort);
        awaitReady(launcher);
        return launcher;
    }

    private static void awaitReady(Launcher launcher) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(launcher.said()).contains("READY"));
    }
}
