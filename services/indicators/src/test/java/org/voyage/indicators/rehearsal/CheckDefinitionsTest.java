package org.voyage.indicators.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@code ./voyage check FOLDER} runs it: a program of its own. */
class CheckDefinitionsTest {

    private static final String SCHOOLS = "overseas-schools";

    @TempDir
    Path temporary;

    private Path folder;

    private record Ran(int status, List<String> said, List<String> complained) {}

    @BeforeEach
    void aFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("指标 定义"));
    }

    @Test
    void each_mistake_is_told_in_a_line_with_file_line_and_reason() throws Exception {
        String schools = ofThePlatform(SCHOOLS);
        put("a-kind", schools.replace("overseas-schools", "a-kind").replace("kind: count", "kind: guess"));
        put("b-name", schools);
        put("c-yaml", "code: c-yaml\nversion: 1\nname: { zh: 名\n");
        put(
                "d-record",
                schools.replace("overseas-schools", "d-record")
                        .replace("record: overseas-school", "record: oversea-school"));
        put("e-derived", """
                code: e-derived
                version: 1
                name: { zh: 名, en: Name }
                unit: { code: percent, zh: '%', en: percent }
                derive: { kind: change, of: a-kind }
                derivation: { zh: 说明, en: Text }
                """);
        put("f-list", schools.replace("overseas-schools", "f-list").replace("lists: [", "lists: [asaen, "));
        put("g-good", schools.replace("overseas-schools", "g-good"));
        put("h-field", schools.replace("overseas-schools", "h-field").replace("from: openedOn", "from: brand"));
        put("overseas-countries", ofThePlatform("overseas-countries").replace("version: 2", "version: 1"));
        Files.writeString(folder.resolve("i-form.yml"), schools);
        Files.createDirectory(folder.resolve("j-folder.yaml"));
        Files.createSymbolicLink(folder.resolve("k-gone.yaml"), folder.resolve("gone"));

        put(
                "l-ways",
                ofThePlatform("cooperative-programmes")
                        .replace("code: cooperative-programmes", "code: l-ways")
                        .replace("from: approvedOn", "from: foreignPartners"));

        Ran ran = check();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.said()).isEmpty();
        assertThat(ran.complained())
                .as("what follows from the mistake of a-kind is not told again")
                .hasSize(11);
        assertThat(ran.complained())
                .anyMatch(
                        line -> line.startsWith(file("a-kind") + ":6: measure.kind is \"guess\"") && line.endsWith("。"))
                .anyMatch(line ->
                        line.startsWith(file("b-name") + ":1: its code is overseas-schools; name and code must agree."))
                .anyMatch(
                        line -> line.startsWith(file("c-yaml") + ":")
                                && line.contains(
                                        ":4: is not readable YAML: while parsing a flow mapping, expected ',' or '}', but got <stream end>. YAML"))
                .anyMatch(line -> line.startsWith(file("d-record") + ":5: record is \"oversea-school\", ")
                        && line.contains("; did you mean overseas-school. "))
                .anyMatch(line -> line.startsWith(file("f-list")
                        + ":10: lists names \"asaen\", and there is no such list; did you mean asean. lists 列出了"))
                .anyMatch(line -> line.startsWith(file("h-field") + ": ") && line.contains("brand"))
                .anyMatch(line -> line.startsWith(file("overseas-countries") + ":2: version 1 is older"))
                .anyMatch(line ->
                        line.startsWith(folder.resolve("i-form.yml") + ": is not read: its name must end in .yaml. "))
                .anyMatch(line -> line.startsWith(file("l-ways") + ": ")
                        && line.contains("foreignPartners of cooperative-programme is read in two ways"))
                .contains(file("j-folder") + ": is a folder, not a file. 是文件夹，不是文件。")
                .contains(file("k-gone") + ": leads to a file that is not there. 所指向的文件不存在。");
    }

    @Test
    void what_the_figures_of_the_platform_cannot_do_without_is_told_too() throws Exception {
        put(SCHOOLS, next(ofThePlatform(SCHOOLS)).replace("hostCountry, region, subRegion", "hostCountry, subRegion"));

        Ran ran = check();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.complained())
                .isNotEmpty()
                .allMatch(line -> line.startsWith(folder + ": with it overseas-schools-"))
                .anyMatch(line -> line.contains("overseas-schools-concentration.yaml cannot be used: "));
    }

    @Test
    void good_ones_are_counted_and_others_than_the_platform_knows_may_stand_in_it() throws Exception {
        put(SCHOOLS, next(ofThePlatform(SCHOOLS)));
        put("g-good", ofThePlatform(SCHOOLS).replace("overseas-schools", "g-good"));
        Files.writeString(folder.resolve("README.md"), "notes");

        Ran ran = check();

        assertThat(ran.complained()).isEmpty();
        assertThat(ran.status()).isZero();
        assertThat(ran.said()).hasSize(2);
        assertThat(ran.said().getFirst()).startsWith("2 definitions of " + folder + " can be used");
        assertThat(ran.said().getLast())
                .isEqualTo(file(SCHOOLS) + ": version 2 of overseas-schools replaces version 1 of the platform."
                        + " overseas-schools 的版本 2 将取代平台自带的版本 1。");
    }

    @Test
    void a_folder_without_a_definition_is_told() throws Exception {
        Files.writeString(folder.resolve("README.md"), "notes");

        Ran ran = check();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.complained()).singleElement().asString().startsWith(folder + " has no definition");
    }

    private void put(String code, String yaml) throws IOException {
        Files.writeString(folder.resolve(code + ".yaml"), yaml);
    }

    private String file(String code) {
        return folder.resolve(code + ".yaml").toString();
    }

    private static String ofThePlatform(String code) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                CheckDefinitionsTest.class.getResourceAsStream("/contracts/indicators/" + code + ".yaml"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static String next(String yaml) {
        return yaml.replace("version: 1", "version: 2");
    }

    private Ran check() throws Exception {
        Path said = temporary.resolve("said");
        Path complained = temporary.resolve("complained");
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CheckDefinitions.class.getName(),
                folder.toString());
        program.environment().put("LC_ALL", "C.UTF-8");
        program.environment().keySet().removeIf(name -> name.startsWith("VOYAGE_") || name.startsWith("QUARKUS_"));
        Process process = program.redirectOutput(said.toFile())
                .redirectError(complained.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readAllLines(said), Files.readAllLines(complained));
    }
}
