package org.voyage.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files of {@code contracts} that follow from the files of the records. */
final class RecordContracts {

    private static final String FIELD_CLASSES = "feeds/fields.yaml";
    /** Events that every service publishes in addition to those of its records. */
    private static final List<String> OF_EVERY_SERVICE = List.of("batch", "outstanding", "year-close");

    private RecordContracts() {}

    /** Returns the text of each file by its path below {@code contracts}. */
    static Map<String, String> generate(Path contracts) throws IOException {
        Map<String, String> files = new TreeMap<>();
        List<RecordFile> records = RecordFile.readAll(contracts);
        for (RecordFile record : records) {
            RecordSchema schema = new RecordSchema(record, contracts);
            files.put("events/" + record.name() + "-changed.v1.schema.json", schema.toEventSchema());
            if (record.isInFeeds()) {
                files.put("feeds/events/" + record.name() + ".v1.schema.json", schema.toFeedSchema());
            }
        }
        files.put(FIELD_CLASSES, classFields(records, Files.readString(contracts.resolve(FIELD_CLASSES))));
        return files;
    }

    /** Returns the classes of all fields below the words and the envelope of the file, which are written by hand. */
    private static String classFields(List<RecordFile> records, String file) {
        String section = "\nrecords:\n";
        String head = file.substring(0, file.indexOf(section) + section.length());
        String classed = records.stream()
                .filter(RecordFile::isInFeeds)
                .map(record -> "  " + record.name() + ":\n" + classFields(record))
                .collect(Collectors.joining());
        String never = Stream.concat(
                        records.stream().filter(record -> !record.isInFeeds()).map(RecordFile::name),
                        OF_EVERY_SERVICE.stream())
                .map(record -> "  - " + record + "\n")
                .collect(Collectors.joining());
        return head + classed + "never:\n" + never;
    }

    private static String classFields(RecordFile record) {
        return record.fields().stream()
                .flatMap(field -> field.parts().isEmpty()
                        ? Stream.of(field.name() + ": " + field.readers())
                        : field.parts().stream().map(part -> field.name() + "." + part.name() + ": " + part.readers()))
                .map(line -> "    " + line + "\n")
                .collect(Collectors.joining());
    }
}
