package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Integration test of the script {@code voyage}, up to the point at which it would build. */
class VoyageScriptIT {
    private static final Path SCRIPT = Path.of("../../voyage").toAbsolutePath().normalize();
    private static final Pattern COMMAND_IN_HELP = Pattern.compile("(?m)^ {2}([a-z]+)\\b");
    private static final Pattern COMMAND_IN_CODE = Pattern.compile("(?m)^ {2}([a-z]+)(?: \\|[^)]*)?\\)");

    @TempDir
    Path folder;

    @Test
    void help_names_every_command() throws Exception {
        ProgramResult help = run(List.of(), Map.of(), SCRIPT, "help");
        assertThat(help.status()).isZero();
        String code = Files.readString(SCRIPT);
        Set<String> commands = names(COMMAND_IN_CODE, code.substring(code.lastIndexOf("\ncase $command in")));
        assertThat(commands).contains("up", "demo", "test", "check", "token", "help");
        assertThat(names(COMMAND_IN_HELP, help.output())).isEqualTo(commands);
    }

    @Test
    void without_a_command_it_helps() throws Exception {
        assertThat(run(List.of(), Map.of(), SCRIPT).output())
                .isEqualTo(run(List.of(), Map.of(), SCRIPT, "--help").output())
                .startsWith("./voyage COMMAND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upp", "test nowhere", "bench", "check nowhere", "check . ."})
    void an_unknown_command_is_refused_in_one_sentence(String command) throws Exception {
        requireSentence(run(List.of(), Map.of(), SCRIPT, command.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "check"})
    void without_maven_it_says_what_to_install(String command) throws Exception {
        try (RestrictedMachine tools = RestrictedMachine.allBut("mvn", "apt-get")) {
            assertThat(requireSentence(run(List.of(), tools.environment(), SCRIPT, command)))
                    .startsWith("Voyage needs Maven 3.9 or newer on the PATH: install it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "demo", "test", "check", "token"})
    @EnabledIf("org.voyage.local.RestrictedMachine#mayMount")
    void without_a_jdk_it_says_what_to_install(String command) throws Exception {
        List<String> before = new ArrayList<>();
        for (Path place : List.of(Path.of("/usr/lib/jvm"), Path.of("/opt"))) {
            if (Files.isDirectory(place)) {
                before.addAll(RestrictedMachine.afterMounting(place, "size=1m"));
            }
        }
        try (RestrictedMachine tools = RestrictedMachine.allBut("javac", "apt-get")) {
            Map<String, String> nothing = new HashMap<>(tools.environment());
            nothing.putAll(Map.of("JAVA_HOME", "", "HOME", folder.toString()));
            assertThat(requireSentence(run(before, nothing, SCRIPT, command)))
                    .startsWith("Voyage needs JDK 25: install one");
        }
    }

    @Test
    void a_banned_word_in_javadoc_is_reported_with_its_line_and_replacement() throws Exception {
        Path source = folder.resolve("Sample.java");
        // The comment is put together here, so that the check does not find it in this file.
        List<String> lines = List.of(
                "/*" + "*",
                " * Counts the figure anew. {@code anew} is a name.",
                " */",
                "class Sample {",
                "    String anew; // anew",
                "}");
        Files.write(source, lines);
        ProgramResult check = checkWords(source);
        assertThat(check.status()).isNotZero();
        assertThat(check.output().lines()).singleElement().asString().endsWith("Sample.java:2: \"anew\" -> again");
    }

    @Test
    void a_banned_word_in_the_name_of_a_test_is_reported() throws Exception {
        Path source = folder.resolve("SampleTest.java");
        // The name is put together here, so that the check does not find it in this file.
        Files.write(source, List.of("class SampleTest {", "    void " + "the_figure_is_counted_anew() {}", "}"));
        assertThat(checkWords(source).output().lines())
                .singleElement()
                .asString()
                .endsWith("SampleTest.java:2: \"anew\" -> again");
    }

    @Test
    void a_banned_word_in_an_error_text_is_reported_and_a_name_or_a_text_block_is_not() throws Exception {
        Path source = Files.createDirectories(folder.resolve("src/main")).resolve("Sample.java");
        Files.write(
                source,
                List.of(
                        "String name = \"anew\";",
                        "String sql = \"\"\"",
                        "        select \" as it is anew \"",
                        "        \"\"\";",
                        "String text = \"Count it anew.\";"));
        assertThat(checkWords(source).output().lines())
                .singleElement()
                .asString()
                .endsWith("Sample.java:5: \"anew\" -> again");
    }

    @Test
    void a_banned_word_in_a_comment_or_a_test_of_typescript_is_reported_and_code_is_not() throws Exception {
        Path source = folder.resolve("sample.test.ts");
        Files.writeString(source, """
                const text = 'anew'; // anew
                /* Counts the figure
                 * anew. */
                it('counts it anew', () => count('anew'));
                test.each([1, 2])('%s counts it anew', () => {});
                """);
        assertThat(checkWords(source).output().lines())
                .extracting(line -> line.replaceAll(".*test.ts:|: .*", ""))
                .containsExactly("1", "3", "4", "5");
    }

    @Test
    void a_banned_word_in_an_api_text_is_reported_and_a_key_is_not() throws Exception {
        Path document = folder.resolve("openapi.yaml");
        Files.writeString(document, """
                mend:
                  description: how to mend the value
                  type: string
                """);
        ProgramResult check = checkWords(document);
        assertThat(check.status()).isNotZero();
        assertThat(check.output().lines())
                .singleElement()
                .asString()
                .endsWith("openapi.yaml:2: \"mend\" -> correct, repair");
    }

    @Test
    void a_banned_word_in_a_document_is_reported_and_code_is_not() throws Exception {
        Path page = folder.resolve("page.md");
        Files.writeString(page, """
                Use `anew`, or:
                ```sh
                echo anew
                ```
                Count it anew, see [the page](anew.md).
                """);
        assertThat(checkWords(page).output().lines())
                .singleElement()
                .asString()
                .endsWith("page.md:5: \"anew\" -> again");
    }

    @Test
    void a_long_sentence_is_reported_with_its_line_and_code_and_tables_are_not_measured() throws Exception {
        String words = "word ".repeat(21);
        ProgramResult check = checkPage("docs/page.md", """
                # A heading of %1$s%1$s
                | %1$s%1$s |

                Short. Short. Short.
                - Two items of a list are no sentence: %1$s
                - %1$s
                ```sh
                %1$s%1$s
                ```
                Short. This [one](%1$s%1$s) begins here
                and goes on with %1$s
                %1$s. Short.
                """.formatted(words));
        assertThat(check.status()).isNotZero();
        assertThat(check.output().strip())
                .isEqualTo("docs/page.md:10: a sentence has 50 words -> one fact per sentence, at most 25 words");
    }

    @Test
    void two_chinese_characters_are_measured_as_a_word() throws Exception {
        assertThat(checkPage("docs/zh/page.md", "短句。短句。短句。" + "数据".repeat(40) + "。")
                        .status())
                .isZero();
        assertThat(checkPage("docs/zh/page.md", "短句。短句。短句。" + "数据".repeat(41) + "。")
                        .output())
                .contains("a sentence has 41 words");
    }

    @Test
    void a_page_of_long_sentences_is_reported() throws Exception {
        assertThat(checkPage("docs/page.md", ("word ".repeat(17) + "end. ").repeat(3))
                        .status())
                .isZero();
        assertThat(checkPage("docs/page.md", ("word ".repeat(18) + "end. ").repeat(3))
                        .output())
                .contains("docs/page.md:1: a sentence has 19.0 words on average -> at most 18");
    }

    @ParameterizedTest
    @CsvSource({
        "docs/page.md, 10240, the page",
        "services/overseas/README.md, 6144, the page",
        "CHANGELOG.md, 12288, the section",
    })
    void a_page_is_reported_at_the_line_that_makes_it_too_long(String page, int limit, String part) throws Exception {
        String line = "x".repeat(31) + "\n\n";
        String full = "## 0.1.0\n\n" + line.repeat((limit - 10) / line.length());
        assertThat(checkPage(page, full).status()).isZero();
        assertThat(checkPage(page, full + line).output())
                .contains(
                        page + ":" + (full.lines().count() + 1) + ": " + part + " is longer than " + limit + " bytes");
        if (page.equals("CHANGELOG.md")) {
            assertThat(checkPage(page, full + full).status()).isZero();
        }
    }

    /** Runs the step "pages" of {@code ./voyage check} on a text that is in the given page of a project. */
    private ProgramResult checkPage(String page, String text) throws Exception {
        Path file = folder.resolve(page);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        String program = SCRIPT.resolveSibling("deploy/check/pages.awk").toString();
        ProcessBuilder check = new ProcessBuilder("awk", "-f", program, page).directory(folder.toFile());
        check.environment().put("LC_ALL", "C");
        return ProgramResult.run(check);
    }

    /** Runs the step "words" of {@code ./voyage check} on one file. */
    private static ProgramResult checkWords(Path file) throws Exception {
        Path rules = SCRIPT.resolveSibling("deploy/check");
        Path words = rules.resolve("banned-words.psv");
        String program = rules.resolve("banned-words.awk").toString();
        return ProgramResult.run(
                new ProcessBuilder("awk", "-v", "words=" + words, "-f", program, words.toString(), file.toString()));
    }

    @Test
    void without_a_home_it_works_all_the_same() throws Exception {
        ProgramResult ran = run(List.of("env", "-u", "HOME"), Map.of(), SCRIPT, "token", "--role", "minister");
        assertThat(requireSentence(ran)).containsAnyOf("Start the platform first", "--role wants bureau");
    }

    @Test
    @EnabledIf("org.voyage.local.RestrictedMachine#mayMount")
    void a_disk_without_room_for_a_build_is_reported_before_the_build_begins() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        // The copy follows the mount, in a shell of its own.
        List<String> before = new ArrayList<>(RestrictedMachine.afterMounting(disk, "size=8m"));
        before.addAll(List.of("sh", "-c", "cp \"$1\" \"$2\" && shift 2 && exec \"$@\"", "sh"));
        before.addAll(List.of(SCRIPT.toString(), disk.toString()));
        assertThat(requireSentence(run(before, Map.of(), disk.resolve("voyage"), "test")))
                .isEqualTo("The disk of " + disk + " has only 7 MB left and building Voyage wants 2048:"
                        + " free some space.");
    }

    @Test
    void a_token_before_the_first_build_is_refused_in_one_sentence() throws Exception {
        Path script = Files.copy(SCRIPT, folder.resolve("voyage"));
        assertThat(requireSentence(run(List.of(), Map.of(), script, "token", "--role", "operator")))
                .isEqualTo("Start the platform first, with ./voyage up.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"voyage", "远 航"})
    void a_token_comes_from_the_running_platform_wherever_the_project_is(String name) throws Exception {
        Path project = Files.createDirectory(folder.resolve(name));
        Path script = Files.copy(SCRIPT, project.resolve("voyage"));
        Path target = Files.createDirectories(project.resolve("deploy/local/target"));
        Files.createSymbolicLink(
                target.resolve("classes"), Path.of("target/classes").toAbsolutePath());
        Files.writeString(target.resolve("classpath"), findLibraries());
        int port = LauncherProcess.freeBasePort();
        try (TokenIssuer issuer = TokenIssuer.start(folder.resolve("issuer"), port + TokenCommand.ISSUER_PORT_OFFSET)) {
            ProgramResult ran = run(
                    List.of(),
                    Map.of("LC_ALL", "C"),
                    script,
                    "token",
                    "--role",
                    "operator",
                    "--base-port",
                    Integer.toString(port));
            assertThat(ran.complained()).isEmpty();
            assertThat(ran.status()).isZero();
            assertThat(ran.output().lines()).singleElement().asString().matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
            assertThat(issuer.url()).endsWith(Integer.toString(port + TokenCommand.ISSUER_PORT_OFFSET));
        }
    }

    /** Returns the class path without the classes of this module, which come from its folder. */
    private static String findLibraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(line -> Objects.requireNonNull(line).strip().replaceAll("[ )|].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static ProgramResult run(
            List<String> before, Map<String, String> environment, Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("bash", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().putAll(environment);
        return ProgramResult.run(program);
    }

    private static String requireSentence(ProgramResult ran) {
        assertThat(ran.status()).as(ran.complained()).isEqualTo(1);
        assertThat(ran.output()).isEmpty();
        assertThat(ran.complained().lines()).as(ran.complained()).hasSize(1);
        return ran.complained().strip();
    }
}
