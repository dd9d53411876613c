package org.voyage.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.kittest.RealBackends;

/**
 * Test of the built service as a separate process with an invalid file. The service does not serve wrong figures: it
 * exits and names the file and the reason.
 */
class InvalidFileStartupIT {

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final String MAIN = "io.quarkus.bootstrap.runner.AotQuarkusEntryPoint";
    private static final Path REFERENCE = Path.of("../../contracts/reference");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void a_list_of_colleges_that_an_operator_brings_ends_the_start_where_a_date_is_none() throws Exception {
        writeFile("double-high.csv", "college,valid_from,valid_until\n4112000001,2019-13-10,\n");

        ProcessResult start = startService("-Dvoyage.indicators.college-lists=" + folder);

        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.output()).contains("double-high.csv: \"2019-13-10\" is not a date");
    }

    @Test
    void a_folder_of_lists_that_is_not_there_ends_the_start() throws Exception {
        ProcessResult start = startService("-Dvoyage.indicators.college-lists=" + folder.resolve("elsewhere"));

        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.output()).contains("elsewhere is not a folder with lists of colleges");
    }

    @Test
    void a_list_of_countries_ends_the_start_where_it_names_one_that_there_is_not() throws Exception {
        try (Stream<Path> files = Files.walk(REFERENCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                writeFile("contracts/reference/" + REFERENCE.relativize(file), Files.readString(file));
            }
        }
        writeFile("contracts/reference/lists/brics.csv", "alpha3,from,until\nXQX,2009-06-16,\n");

        ProcessResult start = startService();

        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.output()).contains("brics.csv: country XQX is not in countries.csv");
    }

    @Test
    void a_published_file_ends_the_start_where_a_value_is_no_number() throws Exception {
        writeFile(
                "contracts/published/more.csv",
                "figure,period,value,unit,service\nsome-figure,2023,many,schools,overseas\n");

        ProcessResult start = startService();

        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.output()).contains("more.csv: Line 2, value: expected a number");
    }

    /** Only the whole catalogue reveals the last two, when the figures are prepared for counting and for release. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dimensions: [province, chineseLevel]|:8: dimensions names \"chineseLevel\", which holds a whole number",
                "dimensions: [province]¶lists: [double-high]|:9: the list double-high needs the dimension college",
                "dimensions: [province]¶outside: { kind: open }|:9: outside.kind is open, and inbound-enrolment is a record of persons"
            })
    void a_definition_ends_the_start_with_its_line_whenever_it_shows_that_it_is_bad(String more, String told)
            throws Exception {
        writeFile("more/students.yaml", """
                code: students
                version: 1
                name: { zh: 名, en: Name }
                unit: { code: students, zh: 人, en: students }
                record: inbound-enrolment
                measure: { kind: count }
                period: { kind: flow, date: startedOn }
                %s
                derivation: { zh: 说明, en: Text }
                """.formatted(more.replace("¶", "\n")));

        ProcessResult start = startService("-Dvoyage.indicators.definitions=" + folder.resolve("more"));

        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.output()).contains("students.yaml" + told);
    }

    private void writeFile(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    /** @param output complete output of the process */
    private record ProcessResult(int exitCode, String output) {}

    /** Starts the service with a folder of files that override those of the platform. */
    private ProcessResult startService(String... settings) throws IOException, InterruptedException {
        RealBackends backends = new RealBackends();
        backends.init(Map.of("database", "indicators"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Dquarkus.profile=local", "-Dquarkus.http.port=0"));
        command.addAll(List.of(settings));
        backends.start().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", folder + System.getProperty("path.separator") + JAR.toAbsolutePath(), MAIN));
        Path log = Files.createTempFile("start", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            String told = Files.readString(log);
            assertThat(ended).as(told).isTrue();
            return new ProcessResult(process.exitValue(), told);
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }
}
