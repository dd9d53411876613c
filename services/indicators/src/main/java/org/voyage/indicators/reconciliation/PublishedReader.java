package org.voyage.indicators.reconciliation;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the published statistics of {@code contracts/published}. */
final class PublishedReader {

    private static final CsvMapper CSV = new CsvMapper();

    private PublishedReader() {}

    static List<PublishedLine> read() {
        List<PublishedLine> lines = new ArrayList<>();
        try {
            ClassPathUtils.consumeAsPaths("contracts/published", folder -> {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".csv"))
                            .sorted()
                            .toList()) {
                        lines.addAll(read(file));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(lines);
    }

    private static List<PublishedLine> read(Path file) throws IOException {
        List<PublishedLine> lines = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(Files.readString(file))) {
            while (rows.hasNext()) {
                lines.add(line(rows.next()));
            }
        }
        return lines;
    }

    private static PublishedLine line(Map<String, String> row) {
        return new PublishedLine(
                row.containsKey("series") ? row.get("series") : row.getOrDefault("figure", ""),
                row.getOrDefault("period", ""),
                new BigDecimal(row.getOrDefault("value", "")),
                text(row, "stated_increment").map(BigDecimal::new),
                row.getOrDefault("unit", ""),
                row.getOrDefault("relation", "="),
                row.getOrDefault("service", ""),
                row.getOrDefault("derivation", ""),
                row.getOrDefault("source_section", ""),
                text(row, "indicator"),
                row.getOrDefault("slice", ""));
    }

    private static Optional<String> text(Map<String, String> row, String column) {
        return Optional.ofNullable(row.get(column)).filter(text -> !text.isBlank());
    }
}
