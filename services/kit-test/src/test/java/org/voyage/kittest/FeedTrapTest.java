package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the tests of all services, because no module sees the classes of all others. */
class FeedTrapTest {

    private static final Path SERVICES = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern MARK = Pattern.compile("@TrapTest\\(([^)]*)\\)\\s+@(?:Test|ParameterizedTest)\\s");
    private static final Pattern NAME = Pattern.compile("FeedTrap\\.([A-Z_]+)");

    @Test
    void every_trap_has_a_test() throws IOException {
        Map<FeedTrap, List<String>> tests = new EnumMap<>(FeedTrap.class);
        for (Path source : listTests()) {
            Matcher mark = MARK.matcher(Files.readString(source));
            while (mark.find()) {
                Matcher name = NAME.matcher(mark.group(1));
                while (name.find()) {
                    tests.computeIfAbsent(FeedTrap.valueOf(name.group(1)), _ -> new ArrayList<>())
                            .add(source.getFileName().toString());
                }
            }
        }

        assertThat(tests.keySet()).containsExactlyInAnyOrder(FeedTrap.values()).hasSize(35);
    }

    private static List<Path> listTests() throws IOException {
        try (Stream<Path> modules = Files.list(SERVICES)) {
            List<Path> sources = new ArrayList<>();
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
            return sources;
        }
    }
}
