package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.generator.RecordSources;

/** The guide to a new record, followed: its classes and the generated ones are compiled against the kit. */
class AddedRecordTest {

    private static final Path GUIDE = Path.of("../../docs/how-to/add-a-record.md");
    private static final Pattern BLOCK = Pattern.compile("```(?:yaml|java) (\\S+)\n(.*?)```", Pattern.DOTALL);
    private static final String PACKAGE = "org/voyage/overseas/agreement/";
    private static final int MAX_JAVA_LINES = 150;

    @TempDir
    Path folder;

    private final Map<String, String> written = new TreeMap<>();
    private Map<String, String> generated = Map.of();

    @BeforeEach
    void readGuideAndGenerate() throws IOException {
        Path records = Files.createDirectories(folder.resolve("contracts/records"));
        for (var block : BLOCK.matcher(Files.readString(GUIDE)).results().toList()) {
            if (block.group(1).endsWith(".java")) {
                written.put(PACKAGE + block.group(1), block.group(2));
            } else {
                Files.writeString(records.resolve(block.group(1)), block.group(2));
            }
        }
        generated = RecordSources.generate(folder.resolve("contracts"), "overseas", folder);
    }

    @Test
    void what_is_written_by_hand_and_what_is_generated_compiles_against_the_kit() throws IOException {
        assertThat(generated)
                .containsOnlyKeys(PACKAGE + "PartnerAgreement.java", PACKAGE + "PartnerAgreementJson.java");
        assertThat(written).hasSize(3);

        assertThat(findErrors(generated, written)).isEmpty();
        assertThat(folder.resolve("classes/" + PACKAGE + "PartnerAgreementResource.class"))
                .exists();
    }

    @Test
    void a_record_needs_at_most_150_lines_of_java() {
        assertThat(written.values().stream()
                        .mapToLong(source -> source.lines().count())
                        .sum())
                .isBetween(1L, (long) MAX_JAVA_LINES);
    }

    private List<String> findErrors(Map<String, String> some, Map<String, String> others) throws IOException {
        Map<String, String> sources = new TreeMap<>(some);
        sources.putAll(others);
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve("sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            compiler.getTask(
                            null,
                            files,
                            found,
                            List.of(
                                    "-proc:none",
                                    "-classpath",
                                    System.getProperty("java.class.path"),
                                    "-d",
                                    Files.createDirectories(folder.resolve("classes"))
                                            .toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(sources.keySet().stream()
                                    .map(folder.resolve("sources")::resolve)
                                    .toList()))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }
}
