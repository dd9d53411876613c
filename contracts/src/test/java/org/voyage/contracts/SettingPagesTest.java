package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/configuration-*.md} are the documentation of the settings in the code. */
class SettingPagesTest {

    private static final Path SERVICES = Path.of("../services");
    private static final Path PAGES = Path.of("../docs/reference");
    private static final String NAME = "configuration-%s.md";
    /** Writes the pages in place of comparing them. */
    private static final boolean WRITES = Boolean.getBoolean("voyage.settings.write");

    @Test
    void the_committed_pages_are_those_of_the_code() throws IOException {
        Map<String, List<SettingGroup>> pages = SettingReader.readPages(SERVICES);
        assertThat(pages).containsKeys("shared", "files", "indicators", "feeds", "mobility", "dashboard");
        for (var page : pages.entrySet()) {
            String text = SettingPage.write(page.getKey(), page.getValue());
            Path file = PAGES.resolve(NAME.formatted(page.getKey()));
            if (WRITES) {
                Files.writeString(file, text);
            }
            assertThat(file)
                    .as("after a change of settings run ./voyage openapi")
                    .exists()
                    .hasContent(text);
        }
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("configuration-")))
                    .containsExactlyInAnyOrderElementsOf(
                            pages.keySet().stream().map(NAME::formatted).toList());
        }
    }

    @Test
    void every_setting_is_documented() throws IOException {
        assertThat(SettingReader.readPages(SERVICES).values().stream()
                        .flatMap(List::stream)
                        .flatMap(group -> group.settings().stream()
                                .filter(setting -> setting.meaning().isEmpty())
                                .map(SettingGroup.Setting::name)))
                .isEmpty();
    }

    @Test
    void single_properties_are_on_the_page_of_connections() throws IOException {
        String page = Files.readString(PAGES.resolve("configuration.md"));
        List<String> ofMappings = SettingReader.readPages(SERVICES).values().stream()
                .flatMap(List::stream)
                .flatMap(group -> group.settings().stream().map(SettingGroup.Setting::name))
                .toList();
        assertThat(SettingReader.readSingleProperties(SERVICES))
                .contains("voyage.access.remember-tokens")
                .allSatisfy(name -> assertThat(ofMappings.contains(name) || page.contains("`" + name + "`"))
                        .as(name)
                        .isTrue());
    }
}
