package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Unit test of the table of guides whose commands run in {@link DemoIT}. */
class GuidePagesTest {

    private static final Path PROJECT = Path.of("../..");

    @Test
    void every_page_with_commands_is_in_a_guide() throws IOException {
        List<String> inGuides = Stream.of(GuidePages.values())
                .flatMap(guide -> guide.pages().stream())
                .toList();
        try (Stream<Path> files = Files.walk(PROJECT.resolve("docs"))) {
            List<String> pages = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(GuideScript::hasCommands)
                    .map(file -> PROJECT.relativize(file).toString())
                    .toList();
            assertThat(pages).contains("docs/bureau.md");
            assertThat(inGuides).containsAll(pages).doesNotHaveDuplicates();
        }
    }
}
