package org.voyage.kit.reference;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A code list of {@code contracts/reference} on the class path: its rows by the names of their columns. */
public final class ReferenceFile {

    private ReferenceFile() {}

    /** @param name of the file without {@code .csv} */
    public static List<Map<String, String>> rows(String name) {
        String file = "/contracts/reference/" + name + ".csv";
        try (InputStream in = Objects.requireNonNull(ReferenceFile.class.getResourceAsStream(file), file);
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(in)) {
            return rows.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
