package org.voyage.indicators.feature.rehearsal;

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

/** Test of {@code ./voyage check FOLDER} as a separate process. */
class CheckDefinitionsCommandTest {

    private static final String SCHOOLS = "overseas-schools";

    @TempDir
    Path temporary;

    private Path folder;

    private record CommandResult(int status, List<String> output, List<String> errors) {}

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("指标 定义"));
    }

    @Test
    void each_mistake_is_reported_in_a_line_with_file_line_and_reason() throws Exception {
        String schools = platformDefinition(SCHOOLS);
        putFile("a-kind", schools.replace("overseas-schools", "a-kind").replace("kind: count", "kind: guess"));
        putFile("b-name", schools);
        putFile("c-yaml", "code: c-yaml\nversion: 1\nname: { zh: 名\n");
        putFile(
                "d-record",
                schools.replace("overseas-schools", "d-record")
                        .replace("record: overseas-school", "record: oversea-school"));
        putFile("e-derived", """
                code: e-derived
                version: 1
                name: { zh: 名, en: Name }
                unit: { code: percent, zh: '%', en: percent }
                derive: { kind: change, of: a-kind }
                derivation: { zh: 说明, en: Text }
                """);
        putFile("f-list", schools.replace("overseas-schools", "f-list").replace("lists: [", "lists: [asaen, "));
        putFile("g-good", schools.replace("overseas-schools", "g-good"));
        putFile("h-field", schools.replace("overseas-schools", "h-field").replace("from: openedOn", "from: brand"));
        putFile("overseas-countries", platformDefinition("overseas-countries").replace("version: 3", "version: 1"));
        Files.writeString(folder.resolve("i-form.yml"), schools);
        Files.createDirectory(folder.resolve("j-folder.yaml"));
        Files.createSymbolicLink(folder.resolve("k-gone.yaml"), folder.resolve("gone"));

        putFile(
                "l-ways",
                platformDefinition("cooperative-programmes")
                        .replace("code: cooperative-programmes", "code: l-ways")
                        .replace("from: approvedOn", "from: foreignPartners"));

        CommandResult ran = runCheck();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output()).isEmpty();
        assertThat(ran.errors())
                .as("what follows from the mistake of a-kind is not told again")
                .hasSize(11);
        assertThat(ran.errors())
                .anyMatch(line ->
                        line.startsWith(filePath("a-kind") + ":6: measure.kind is \"guess\"") && line.endsWith("。"))
                .anyMatch(line -> line.startsWith(
                        filePath("b-name") + ":1: its code is overseas-schools; name and code must agree."))
                .anyMatch(
                        line -> line.startsWith(filePath("c-yaml") + ":")
                                && line.contains(
                                        ":4: is not readable YAML: while parsing a flow mapping, expected ',' or '}', but got <stream end>. YAML"))
                .anyMatch(line -> line.startsWith(filePath("d-record") + ":5: record is \"oversea-school\", ")
                        && line.contains("; did you mean overseas-school. "))
                .anyMatch(line -> line.startsWith(filePath("f-list")
                        + ":10: lists names \"asaen\", and there is no such list; did you mean asean. lists 列出了"))
                .anyMatch(line ->
                        line.startsWith(filePath("h-field") + ":7: period.from names \"brand\", which holds a text"))
                .anyMatch(line -> line.startsWith(filePath("overseas-countries") + ":2: version 1 is older"))
                .anyMatch(line ->
                        line.startsWith(folder.resolve("i-form.yml") + ": is not read: its name must end in .yaml. "))
                .anyMatch(line -> line.startsWith(filePath("l-ways") + ":7: period.from names \"foreignPartners\", "))
                .contains(filePath("j-folder") + ": is a folder, not a file. 是文件夹，不是文件。")
                .contains(filePath("k-gone") + ": leads to a file that is not there. 所指向的文件不存在。");
    }

    /** A single such field would make all records of its type unreadable: all its figures would be 0. */
    @Test
    void a_misplaced_field_is_reported_with_its_line_and_its_right_place() throws Exception {
        putStudentsFigure("a-number", "count }", "dimensions: [province, chineseLevel]");
        putStudentsFigure("b-condition", "count }", "dimensions: [province]\nwhere: { chineseLevel: [\"4\"] }");
        putStudentsFigure("c-answer", "count }", "dimensions: [province]\nwhere: { assessed: [\"yes\"] }");
        putSchoolsFigure("d-list", "count }", "dimensions: [province, majors]");
        putSchoolsFigure("e-condition", "count }", "dimensions: [province]\nwhere: { majors: [\"460301\"] }");
        putSchoolsFigure("f-list", "count }", "dimensions: [province, enterprises]");
        putSchoolsFigure("g-objects", "distinct, of: foreignPartners }", "dimensions: [province]");
        putSchoolsFigure("h-element", "count }", "each: { majors: enterprises }\ndimensions: [province, majors]");
        putSchoolsFigure("i-member", "count }", "each: { city: foreignPartners.town }\ndimensions: [province, city]");
        putSchoolsFigure(
                "j-each",
                "count }",
                "each: { college: foundingColleges }\ndimensions: [college]\nwhere: { college: [\"4111000001\"] }");
        putSchoolsFigure("k-province", "distinct, of: province }", "dimensions: [brand]");
        putPlacementsFigure("l-sum", "sum, of: hostOrganisation }", "startedOn", "dimensions: [province]");
        putPlacementsFigure("m-date", "count }", "hostOrganisation", "dimensions: [province]");
        putPlacementsFigure("n-day", "count }", "startedOn", "dimensions: [province, startedOn]");
        putPlacementsFigure(
                "o-time", "count }", "startedOn", "numbers: { stay: [startedOn, days] }\ndimensions: [stay]");
        putFile(
                "p-joined",
                countedYaml(
                        "p-joined",
                        "overseas-headcount",
                        "sum, of: students }",
                        "flow, date: openedOn",
                        "join: { school: overseas-school }\ndimensions: [province]"));

        CommandResult ran = runCheck();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.errors()).hasSize(16).allMatch(line -> line.endsWith("。"));
        assertReported(
                ran,
                "a-number",
                8,
                "dimensions names \"chineseLevel\", which holds a whole number where a text is needed;"
                        + " a whole number belongs in numbers, in measure.of of a sum or in period.year. dimensions 列出了“chineseLevel”，");
        assertReported(ran, "b-condition", 9, "where.chineseLevel names \"chineseLevel\", which holds a whole number ");
        assertReported(ran, "c-answer", 9, "where.assessed names \"yes\", which is no code of assessed");
        assertReported(
                ran,
                "d-list",
                8,
                "dimensions names \"majors\", which holds a list of texts where a text is needed;"
                        + " a list of texts belongs in each or in measure.of of a distinct count. ");
        assertReported(ran, "e-condition", 9, "where.majors names \"majors\", which holds a list of texts ");
        assertReported(ran, "f-list", 8, "dimensions names \"enterprises\", which holds a list of texts ");
        assertReported(ran, "g-objects", 6, "measure.of names \"foreignPartners\", which holds a list of objects ");
        assertReported(ran, "h-element", 8, "each.majors is a field of the record itself");
        assertReported(ran, "i-member", 8, "each.city names \"town\", which not every element of foreignPartners has");
        assertReported(ran, "j-each", 8, "each names \"college\", which takes no condition here");
        assertReported(ran, "k-province", 6, "measure.of is \"province\", ");
        assertReported(
                ran,
                "l-sum",
                6,
                "measure.of names \"hostOrganisation\", which holds a text where a whole number is needed; a text ");
        assertReported(
                ran,
                "m-date",
                7,
                "period.date names \"hostOrganisation\", which holds a text where a date is needed; a text ");
        assertReported(
                ran,
                "n-day",
                8,
                "dimensions names \"startedOn\", which holds a date where a text is needed;"
                        + " a date belongs in period or as one of two in numbers. ");
        assertReported(
                ran, "o-time", 8, "numbers.stay names \"days\", which holds a whole number where a date is needed; ");
        assertReported(ran, "p-joined", 7, "period.date names \"openedOn\", which is no field of the record");
    }

    @Test
    void a_mistake_visible_only_among_all_figures_is_reported_with_its_line_too() throws Exception {
        String released = "dimensions: [province, %1$s]\noutside: { kind: released, by: [%1$s] }";
        putSchoolsFigure("a-college", "count }", "dimensions: [province]\nlists: [double-high]");
        putSchoolsFigure("b-country", "count }", "dimensions: [province]\nlists: [asean]");
        putSchoolsFigure("c-region", "count }", "dimensions: [province, region]");
        putSchoolsFigure("d-condition", "count }", "dimensions: [province]\nwhere: { region: [asia] }");
        putFile(
                "e-partners",
                platformDefinition("cooperative-programmes").replace("cooperative-programmes", "e-partners")
                        + "where: { region: [europe] }\n");
        putSchoolsFigure("f-distinct", "distinct, of: region }", "dimensions: [province, hostCountry]");
        putFile(
                "g-link",
                countedYaml(
                        "g-link",
                        "recognition",
                        "count }",
                        "flow, date: decidedOn",
                        "join: { standard: standard }\ndimensions: [province, standard]"));
        putFile(
                "w-elsewhere",
                countedYaml(
                        "w-elsewhere",
                        "overseas-training",
                        "count }",
                        "flow, date: startedOn",
                        "join: { school: cooperative-institution }\ndimensions: [province]"));
        putSchoolsFigure("x-table", "count }", released.formatted("hostCity"));
        putStudentsFigure("y-twice", "count }", released.formatted("nationality"));
        putStudentsFigure("z-open", "distinct, of: nationality }", "dimensions: [province]\noutside: { kind: open }");

        CommandResult ran = runCheck();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.errors()).hasSize(11).allMatch(line -> line.endsWith("。"));
        assertReported(ran, "a-college", 9, "the list double-high needs the dimension college. ");
        assertReported(ran, "b-country", 9, "lists, region and subRegion need a dimension with a country. ");
        assertReported(ran, "c-region", 8, "lists, region and subRegion need a dimension with a country. ");
        assertReported(ran, "d-condition", 9, "a condition on region needs a dimension with a country. ");
        assertReported(ran, "e-partners", 15, "a condition on region needs a record of one country, ");
        assertReported(ran, "f-distinct", 6, "measure.of is \"region\", ");
        assertReported(ran, "g-link", 9, "field standard of recognition is read both as ");
        assertReported(ran, "w-elsewhere", 8, "school leads to overseas-school elsewhere. ");
        assertReported(ran, "x-table", 9, "outside.by: hostCity has no list of codes. ");
        assertReported(ran, "y-twice", 9, "outside: of the same persons outside sees inbound-students already. ");
        assertReported(ran, "z-open", 9, "outside.kind is open, ");
    }

    @Test
    void a_definition_that_breaks_figures_of_the_platform_is_reported_too() throws Exception {
        putFile(
                SCHOOLS,
                nextVersion(platformDefinition(SCHOOLS))
                        .replace("hostCountry, region, subRegion", "hostCountry, subRegion"));

        CommandResult ran = runCheck();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.errors())
                .isNotEmpty()
                .allMatch(line -> line.startsWith(folder + ": with it overseas-schools-"))
                .anyMatch(line -> line.contains("overseas-schools-concentration.yaml cannot be used: "));
    }

    @Test
    void valid_definitions_are_counted_and_may_be_new_to_the_platform() throws Exception {
        putFile(SCHOOLS, nextVersion(platformDefinition(SCHOOLS)));
        putFile("g-good", platformDefinition(SCHOOLS).replace("overseas-schools", "g-good"));
        Files.writeString(folder.resolve("README.md"), "notes");

        CommandResult ran = runCheck();

        assertThat(ran.errors()).isEmpty();
        assertThat(ran.status()).isZero();
        assertThat(ran.output()).hasSize(2);
        assertThat(ran.output().getFirst()).startsWith("2 definitions of " + folder + " can be used");
        assertThat(ran.output().getLast())
                .isEqualTo(filePath(SCHOOLS) + ": version 2 of overseas-schools replaces version 1 of the platform."
                        + " overseas-schools 的版本 2 将取代平台自带的版本 1。");
    }

    @Test
    void a_folder_without_a_definition_is_refused() throws Exception {
        Files.writeString(folder.resolve("README.md"), "notes");

        CommandResult ran = runCheck();

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.errors()).singleElement().asString().startsWith(folder + " has no definition");
    }

    private void assertReported(CommandResult ran, String code, int line, String reason) {
        assertThat(ran.errors()).anyMatch(told -> told.startsWith(filePath(code) + ":" + line + ": " + reason));
    }

    private void putStudentsFigure(String code, String measure, String more) throws IOException {
        putFile(code, countedYaml(code, "inbound-enrolment", measure, "flow, date: startedOn", more));
    }

    private void putSchoolsFigure(String code, String measure, String more) throws IOException {
        putFile(code, countedYaml(code, "overseas-school", measure, "flow, date: openedOn", more));
    }

    private void putPlacementsFigure(String code, String measure, String on, String more) throws IOException {
        putFile(code, countedYaml(code, "outbound-placement", measure, "flow, date: " + on, more));
    }

    /** @param more lines from the eighth line on */
    private static String countedYaml(String code, String record, String measure, String period, String more) {
        return """
                code: %s
                version: 1
                name: { zh: 名, en: Name }
                unit: { code: things, zh: 个, en: things }
                record: %s
                measure: { kind: %s
                period: { kind: %s }
                %s
                derivation: { zh: 说明, en: Text }
                """.formatted(code, record, measure, period, more);
    }

    private void putFile(String code, String yaml) throws IOException {
        Files.writeString(folder.resolve(code + ".yaml"), yaml);
    }

    private String filePath(String code) {
        return folder.resolve(code + ".yaml").toString();
    }

    private static String platformDefinition(String code) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                CheckDefinitionsCommandTest.class.getResourceAsStream("/contracts/indicators/" + code + ".yaml"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static String nextVersion(String yaml) {
        return yaml.replace("version: 1", "version: 2");
    }

    private CommandResult runCheck() throws Exception {
        Path said = temporary.resolve("said");
        Path complained = temporary.resolve("complained");
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CheckDefinitionsCommand.class.getName(),
                folder.toString());
        program.environment().put("LC_ALL", "C.UTF-8");
        program.environment().keySet().removeIf(name -> name.startsWith("VOYAGE_") || name.startsWith("QUARKUS_"));
        Process process = program.redirectOutput(said.toFile())
                .redirectError(complained.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new CommandResult(process.exitValue(), Files.readAllLines(said), Files.readAllLines(complained));
    }
}
