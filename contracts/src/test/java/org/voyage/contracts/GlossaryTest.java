package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Chinese of {@code docs/glossary.md} is the Chinese that users read in pages, guides and APIs. */
class GlossaryTest {

    private static final Path GLOSSARY = Path.of("../docs/glossary.md");
    private static final Path RELEASED = Path.of("openapi/released");
    private static final Path SERVICES = Path.of("../services");
    private static final List<Path> TEXTS = List.of(
            SERVICES.resolve("dashboard/web/src"),
            Path.of("../docs/zh"),
            Path.of("openapi"),
            Path.of("rules"),
            Path.of("indicators"));
    private static final Pattern TEXT_FILE = Pattern.compile(".*(?<!\\.test)\\.(java|ts|tsx|md|yaml)");
    /** What a cell has next to the word: a code, an abbreviation. */
    private static final Pattern REMARK = Pattern.compile("`[^`]*`|\\([^)]*\\)|（[^）]*）");

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final int COLUMNS = 4;

    /** Line of the glossary, with the Chinese words that are in use and those that are not. */
    private record GlossaryTerm(String term, List<String> words, List<String> unwanted) {}

    @Test
    void each_chinese_word_of_the_glossary_is_read_by_users() throws IOException {
        String read = String.join("\n", readTexts().values());
        List<GlossaryTerm> terms = readTerms();
        assertThat(terms).hasSizeGreaterThan(80);
        assertThat(terms)
                .allSatisfy(term -> assertThat(term.words())
                        .as(term.term())
                        .allSatisfy(
                                word -> assertThat(read.contains(word)).as(word).isTrue()));
    }

    @Test
    void no_text_has_a_chinese_word_that_the_glossary_replaces() throws IOException {
        Map<Path, String> texts = readTexts();
        List<String> unwanted =
                readTerms().stream().flatMap(term -> term.unwanted().stream()).toList();
        assertThat(unwanted).isNotEmpty();
        List<String> found = new ArrayList<>();
        texts.forEach((file, text) ->
                unwanted.stream().filter(text::contains).forEach(word -> found.add(file + ": " + word)));
        assertThat(found).isEmpty();
    }

    private static List<GlossaryTerm> readTerms() throws IOException {
        return Files.readAllLines(GLOSSARY).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(1).split("\\|"))
                .filter(cells -> cells.length >= COLUMNS)
                .map(cells -> new GlossaryTerm(cells[0].strip(), chineseWords(cells[1]), chineseWords(cells[3])))
                .filter(term -> !term.term().equals("term"))
                .toList();
    }

    private static List<String> chineseWords(String cell) {
        return Arrays.stream(REMARK.matcher(cell).replaceAll("").split("[、,]"))
                .map(String::strip)
                .filter(word -> CHINESE.matcher(word).find())
                .toList();
    }

    private static Map<Path, String> readTexts() throws IOException {
        Map<Path, String> texts = new TreeMap<>();
        for (Path folder : listFolders()) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> TEXT_FILE.matcher(file.toString()).matches() && !file.startsWith(RELEASED))
                        .forEach(file -> texts.put(file, readText(file)));
            }
        }
        return texts;
    }

    private static List<Path> listFolders() throws IOException {
        List<Path> folders = new ArrayList<>(TEXTS);
        try (Stream<Path> services = Files.list(SERVICES)) {
            services.map(service -> service.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .forEach(folders::add);
        }
        return folders;
    }

    private static String readText(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
