package org.voyage.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** File of one record in {@code contracts/records}: the only place where its fields are declared. */
final class RecordFile {

    private static final YAMLMapper YAML = new YAMLMapper();
    /** Services whose records no bureau sends: their schemas and classes are written by hand. */
    private static final Set<String> WITHOUT_BUREAU = Set.of("feeds", "indicators");

    private final Path path;
    private final JsonNode file;
    private final List<RecordField> fields;

    private RecordFile(Path path) throws IOException {
        this.path = path;
        this.file = YAML.readTree(Files.readString(path));
        this.fields = file.path("fields")
                .valueStream()
                .map(field -> new RecordField(field, this))
                .toList();
    }

    /** Returns the records that bureaus send, in the order of their names. */
    static List<RecordFile> readAll(Path contracts) throws IOException {
        try (Stream<Path> files = Files.list(contracts.resolve("records"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(RecordFile::read)
                    .filter(record -> !WITHOUT_BUREAU.contains(record.service()))
                    .toList();
        }
    }

    static RecordFile read(Path path) {
        try {
            return new RecordFile(path);
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be read", e);
        }
    }

    /** Returns an error that names the file. */
    IllegalArgumentException explainFault(String sentence) {
        return new IllegalArgumentException("contracts/records/" + path.getFileName() + ": " + sentence);
    }

    private String text(String name) {
        return file.path(name).asText("");
    }

    /** Returns the name in topics: {@code overseas-school}. */
    String name() {
        return text("record");
    }

    String service() {
        return text("service");
    }

    String en() {
        return file.at("/name/en").asText();
    }

    String zh() {
        return file.at("/name/zh").asText();
    }

    /** Returns the English name with its article: {@code an overseas school}. */
    String enWithArticle() {
        return ("AEIOU".indexOf(en().charAt(0)) < 0 ? "a " : "an ") + enInSentence();
    }

    String enInSentence() {
        return en().substring(0, 1).toLowerCase(Locale.ROOT) + en().substring(1);
    }

    /** Returns the words for the record in a feed; empty if no feed has it. */
    String feed() {
        return text("feed");
    }

    boolean isInFeeds() {
        return !feed().isEmpty();
    }

    /** Returns the field that gives the record's day: a date, or a year; empty if the record has none. */
    String day() {
        return text("day");
    }

    JsonNode conditions() {
        return file.path("conditions");
    }

    /** Returns all fields but the personal ones, in the order of a table. */
    List<RecordField> fields() {
        return fields.stream().filter(field -> !field.isPersonal()).toList();
    }

    RecordField field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> explainFault("there is no field " + name));
    }

    boolean hasPersonalFields() {
        return fields.stream().anyMatch(RecordField::isPersonal);
    }

    /** Returns the Java class of the record: {@code OverseasSchool}. */
    String className() {
        return Arrays.stream(name().split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** Returns the package of the service. */
    String servicePackage() {
        return "org.voyage." + service();
    }

    /** Returns the package of the record: the last word of its name, unless the file names another. */
    String packageName() {
        String own = text("package");
        return servicePackage() + "." + (own.isEmpty() ? name().substring(name().lastIndexOf('-') + 1) : own);
    }

    /** Returns the interface of the record, as a class below the service's package; empty if there is none. */
    String interfaceName() {
        return text("implements");
    }
}
