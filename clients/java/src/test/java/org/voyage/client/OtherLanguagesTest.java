package org.voyage.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runner of the unit tests of the libraries in JavaScript and Python. */
class OtherLanguagesTest {

    @Test
    void the_tests_of_the_library_in_javascript_pass() throws Exception {
        assertThat(run("javascript", "node", "--test"))
                .containsPattern("pass [1-9]")
                .contains("fail 0");
    }

    @Test
    void the_tests_of_the_library_in_python_pass() throws Exception {
        assertThat(run("python", "python3", "-B", "-m", "unittest"))
                .containsPattern("Ran [1-9]")
                .contains("OK");
    }

    private static String run(String folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("..", folder).toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
