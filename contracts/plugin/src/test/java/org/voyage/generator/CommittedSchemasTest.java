package org.voyage.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The committed schemas follow from the files of the records. {@code ./voyage openapi} writes them again. */
class CommittedSchemasTest {

    static final Path CONTRACTS = Path.of("..");

    @TestFactory
    Stream<DynamicTest> a_committed_file_is_what_the_files_of_the_records_say() throws IOException {
        return RecordContracts.generate(CONTRACTS).entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> compareOrWrite(file)));
    }

    private static void compareOrWrite(Map.Entry<String, String> file) throws IOException {
        Path committed = CONTRACTS.resolve(file.getKey());
        if (Boolean.getBoolean("voyage.schemas.write")) {
            Files.writeString(committed, file.getValue());
        }
        assertThat(Files.exists(committed) ? Files.readString(committed) : "")
                .withFailMessage(
                        "contracts/%s differs from contracts/records: run ./voyage openapi and commit what it writes.",
                        file.getKey())
                .isEqualTo(file.getValue());
    }
}
