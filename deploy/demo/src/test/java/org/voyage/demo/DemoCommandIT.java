package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/** {@code ./voyage demo --exit} as a process of its own, four times on the same data: what scripts rely on. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoCommandIT {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @TempDir
    static Path folder;

    private static Path data;
    private static int basePort;

    private @Nullable Process demo;

    @BeforeAll
    static void place() {
        data = folder.resolve("data");
        basePort = BasePort.free();
    }

    @AfterEach
    void nothingRunsOn() {
        Optional.ofNullable(demo).ifPresent(Process::destroyForcibly);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                .flatMap(process -> process.info().commandLine().stream())
                                .filter(line -> line.contains(data.toString())))
                        .isEmpty());
    }

    @Test
    @Order(1)
    void it_ends_with_0_when_every_comparable_figure_is_equal() throws Exception {
        Process command = start();
        assertThat(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(told())
                .containsPattern("figure +period +published +live +difference +unit")
                .containsPattern("overseas-schools +2023 +543 +543 +0 +schools")
                .contains("The published source contradicts itself:");
        assertThat(command.exitValue()).as(told()).isZero();
    }

    @Test
    @Order(2)
    void it_ends_with_1_when_one_differs() throws Exception {
        try (Platform platform = Platform.start(PlatformOptions.of(PROJECT)
                        .withData(data)
                        .withBasePort(basePort)
                        .withOnly(List.of("overseas", "indicators")));
                Api api = new Api(Endpoints.of(basePort))) {
            assertThat(platform.data()).isEqualTo(data);
            api.put(unpublished()).orRefused();
        }
        Process command = start();
        assertThat(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(told()).containsPattern("overseas-schools +2015 +7 +8 +\\+1 +schools");
        assertThat(command.exitValue()).as(told()).isEqualTo(1);
    }

    @Test
    @Order(3)
    void it_ends_with_2_and_one_sentence_when_a_service_is_gone_while_it_loads() throws Exception {
        Process command = start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).contains("Loading"));
        command.children()
                .filter(child -> child.info()
                        .commandLine()
                        .filter(line -> line.contains("services/overseas/"))
                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
        assertThat(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(command.exitValue()).as(told()).isEqualTo(2);
        assertThat(told()).contains("did not answer").doesNotContain("\tat ");
    }

    @Test
    @Order(4)
    void ctrl_c_while_it_loads_stops_everything_without_a_complaint() throws Exception {
        Process command = start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told()).contains("Loading"));
        assertThat(new ProcessBuilder("sh", "-c", "kill -INT " + command.pid())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(command.exitValue()).as(told()).isEqualTo(130);
        assertThat(told()).doesNotContain("did not answer");
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                // A background job inherits an ignored SIGINT, and so would the demo.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dvoyage.project=" + PROJECT,
                Main.class.getName(),
                "--exit",
                "--data",
                data.toString(),
                "--base-port",
                Integer.toString(basePort));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process started = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("told").toFile())
                .start();
        demo = started;
        return started;
    }

    private static String told() throws IOException {
        return Files.readString(folder.resolve("told"));
    }

    private static School unpublished() {
        return History.build()
                .schools()
                .getFirst()
                .withSourceId("LB-NEVER-PUBLISHED")
                .withStatus("open", LocalDate.of(2015, 3, 1), null);
    }
}
