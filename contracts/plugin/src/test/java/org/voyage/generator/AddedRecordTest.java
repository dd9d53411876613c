package org.voyage.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide to a new record, followed. */
class AddedRecordTest {

    private static final Path GUIDE = Path.of("../../docs/how-to/add-a-record.md");
    private static final Pattern BLOCK = Pattern.compile("```(?:yaml|java) (\\S+)\n(.*?)```", Pattern.DOTALL);
    private static final int MAX_JAVA_LINES = 150;

    @TempDir
    Path folder;

    private final Map<String, String> blocks = new TreeMap<>();
    private Path file = Path.of("");

    @BeforeEach
    void readGuide() throws IOException {
        BLOCK.matcher(Files.readString(GUIDE)).results().forEach(block -> blocks.put(block.group(1), block.group(2)));
        file = folder.resolve("records/partner-agreement.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, blocks.getOrDefault("partner-agreement.yaml", ""));
    }

    @Test
    void its_event_has_the_declared_fields_and_no_other() {
        assertThat(new RecordSchema(RecordFile.read(file), folder).toEventSchema())
                .contains("\"title\": \"Partner agreement changed / 合作协议变更\"")
                .contains("\"required\": [\n        \"partner\",\n        \"scope\",\n        \"from\"\n      ]")
                .contains("\"maxLength\": 500")
                .contains("\"until\": {");
    }

    @Test
    void what_is_written_by_hand_and_what_is_generated_is_java_in_one_package() throws IOException {
        Map<String, String> sources = new TreeMap<>(RecordSources.generate(folder, "overseas", folder));
        assertThat(sources.keySet())
                .containsExactly(
                        "org/voyage/overseas/agreement/PartnerAgreement.java",
                        "org/voyage/overseas/agreement/PartnerAgreementJson.java");
        blocks.entrySet().stream()
                .filter(block -> block.getKey().endsWith(".java"))
                .forEach(block -> sources.put(block.getKey(), block.getValue()));

        assertThat(sources).hasSize(5);
        assertThat(sources.values()).allMatch(source -> source.startsWith("package org.voyage.overseas.agreement;\n"));
        assertThat(findSyntaxErrors(sources)).isEmpty();
    }

    @Test
    void a_record_needs_at_most_150_lines_of_java() {
        assertThat(blocks.entrySet().stream()
                        .filter(block -> block.getKey().endsWith(".java"))
                        .mapToLong(block -> block.getValue().lines().count())
                        .sum())
                .isBetween(1L, (long) MAX_JAVA_LINES);
    }

    private static List<String> findSyntaxErrors(Map<String, String> sources) throws IOException {
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, text) ->
                files.add(new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                }));
        DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
        ((JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null, errors, null, null, files)).parse();
        return errors.getDiagnostics().stream().map(Object::toString).toList();
    }
}
