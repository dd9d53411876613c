package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

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
    void interruptStopsEverything() throws Exception {
        Path data = folder.resolve("data");
        try (Launcher launcher = started(data, Launcher.freeBasePort())) {
            assertThat(Programs.succeeds(
                            "kill", "-INT", Long.toString(launcher.process().pid())))
                    .isTrue();
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

    private static Launcher started(Path data, int basePort) throws Exception {
        Launcher launcher = Launcher.start(data, basePort);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(launcher.said()).contains("READY"));
        return launcher;
    }
}
