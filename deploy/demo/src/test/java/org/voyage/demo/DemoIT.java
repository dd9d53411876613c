package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/** The whole road with the packaged services: through the public APIs to the figures and the stream. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {

    @TempDir
    static Path data;

    private static int basePort;
    private static Platform platform;
    private static Api api;

    @BeforeAll
    static void start() {
        basePort = BasePort.free();
        platform = Platform.start(
                PlatformOptions.of(Path.of("../..").toAbsolutePath().normalize())
                        .withData(data)
                        .withBasePort(basePort));
        api = new Api(Endpoints.of(basePort));
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Order(1)
    void every_published_figure_comes_out_of_the_platform() {
        String told = demo();
        assertThat(told)
                .contains("97 published figures, 70 comparable, 70 equal")
                .contains("parked until it comes")
                .contains("The published source contradicts itself");
    }

    @Test
    @Order(3)
    void loading_again_changes_nothing() {
        assertThat(demo()).contains("corrected=0, created=0", "70 comparable, 70 equal");
    }

    @Test
    @Order(4)
    void a_new_school_in_thailand_moves_the_national_the_thai_and_the_luban_figure() {
        URI uri = api.endpoints()
                .indicators()
                .resolve("/v1/indicators/stream?code=overseas-schools&by=hostCountry&by=brand");
        List<Map<String, String>> slices =
                List.of(Map.of(), Map.of("hostCountry", "THA"), Map.of("brand", "luban-workshop"));
        try (ValueStream stream = new ValueStream(uri, api.token("operator"))) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(slices).allMatch(slice -> stream.latest(slice) > 0));
            List<Long> before = slices.stream().map(stream::latest).toList();

            api.put(newSchool()).orRefused();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    slices.stream().map(stream::latest).toList())
                            .isEqualTo(before.stream().map(value -> value + 1).toList()));
        }
    }

    /** Not through the reconciliation but as anybody would ask, by the query that the published file names. */
    @Test
    @Order(2)
    void the_query_beside_each_published_figure_answers_it() {
        for (Map<String, String> line : published()) {
            var values = api.get(
                            "operator",
                            api.endpoints().indicators(),
                            "/v1/indicators/" + line.get("indicator") + "/values?" + line.get("slice"))
                    .orRefused()
                    .json()
                    .path("values");
            assertThat(values.path(0).path("value").asText())
                    .as(line.toString())
                    .isEqualTo(line.get("value"));
        }
    }

    @Test
    @Order(5)
    void the_figures_of_the_whole_history_are_counted_anew_and_proved() throws Exception {
        Process rebuild = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.voyage.local.RebuildFigures",
                        "--base-port",
                        String.valueOf(basePort))
                .redirectErrorStream(true)
                .start();

        String told = new String(rebuild.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(told).contains("Rebuilt from").contains(" 0 mended");
        assertThat(rebuild.waitFor()).isZero();
        var proofs = api.get("operator", api.endpoints().indicators(), "/v1/proofs")
                .orRefused()
                .json();
        assertThat(proofs.path("alarm").asBoolean()).as(proofs.toString()).isFalse();
        assertThat(proofs.path("items").path(0).path("verdict").asText()).isEqualTo("proved");
        assertThat(proofs.path("items").path(0).path("facts").asLong()).isGreaterThan(90_000);
    }

    private static List<Map<String, String>> published() {
        return Stream.of("figures", "series")
                .flatMap(table -> Table.read("contracts/published/" + table + ".csv").stream())
                .filter(row -> !"".equals(row.get("indicator")) && "=".equals(row.get("relation")))
                .toList();
    }

    private static String demo() {
        var bytes = new ByteArrayOutputStream();
        boolean equal = new Demo(api, new PrintStream(bytes, true, StandardCharsets.UTF_8), false).run();
        String told = bytes.toString(StandardCharsets.UTF_8);
        assertThat(equal).as(told).isTrue();
        return told;
    }

    private static School newSchool() {
        return History.build()
                .schools()
                .getFirst()
                .withSourceId("LB-CNX")
                .withStatus("open", LocalDate.of(2026, 11, 1), null);
    }
}
