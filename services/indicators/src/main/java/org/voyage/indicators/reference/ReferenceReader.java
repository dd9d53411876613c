package org.voyage.indicators.reference;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.voyage.indicators.reference.CountryList.Membership;
import org.voyage.indicators.reference.Geography.Place;

/** Reads the folder {@code contracts/reference}. Whatever cannot be read stops the start, with file and reason. */
public final class ReferenceReader {

    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.ALLOW_COMMENTS)
            .build();

    private ReferenceReader() {}

    /**
     * @param codeLists per dimension the file with its codes
     * @param countryFields fields that hold a country
     * @throws IOException when a file is missing or not as it should be
     */
    public static Reference read(Path folder, Map<String, String> codeLists, List<String> countryFields)
            throws IOException {
        Map<String, CodeList> lists = new HashMap<>();
        for (Map.Entry<String, String> entry : codeLists.entrySet()) {
            lists.put(entry.getKey(), codeList(List.of(folder.resolve(entry.getValue()))));
        }
        List<Path> countryFiles = List.of(folder.resolve("countries.csv"), folder.resolve("former-countries.csv"));
        CodeList countries = codeList(countryFiles);
        countryFields.forEach(field -> lists.put(field, countries));
        return new Reference(
                lists,
                countryLists(folder.resolve("lists"), countries),
                new Geography(countryFields, places(countryFiles)));
    }

    private static CodeList codeList(List<Path> files) throws IOException {
        Map<String, Label> labels = new LinkedHashMap<>();
        for (Path file : files) {
            for (Map<String, String> row : rows(file)) {
                String code = row.containsKey("alpha3") ? row.get("alpha3") : row.get("code");
                labels.put(
                        need(file, "code", code),
                        new Label(need(file, "zh", row.get("zh")), need(file, "en", row.get("en"))));
            }
        }
        labels.putIfAbsent(Geography.UNKNOWN, new Label("未知", "Unknown"));
        return new CodeList(labels);
    }

    private static Map<String, Place> places(List<Path> files) throws IOException {
        Map<String, Place> places = new HashMap<>();
        for (Path file : files) {
            for (Map<String, String> row : rows(file)) {
                String subRegion = row.containsKey("subRegion") ? row.get("subRegion") : row.get("sub_region");
                places.put(
                        need(file, "alpha3", row.get("alpha3")),
                        new Place(need(file, "region", row.get("region")), need(file, "subRegion", subRegion)));
            }
        }
        return places;
    }

    private static Map<String, CountryList> countryLists(Path folder, CodeList countries) throws IOException {
        Map<String, CountryList> lists = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            return lists;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".csv")).toList()) {
                String code = file.getFileName().toString().replaceFirst("\\.csv$", "");
                lists.put(code, new CountryList(code, members(file, countries)));
            }
        }
        return lists;
    }

    private static Map<String, List<Membership>> members(Path file, CodeList countries) throws IOException {
        Map<String, List<Membership>> members = new HashMap<>();
        for (Map<String, String> row : rows(file)) {
            String country = need(file, "alpha3", row.get("alpha3"));
            if (!countries.contains(country)) {
                throw new IOException(file + ": country " + country + " is not in countries.csv");
            }
            members.computeIfAbsent(country, key -> new ArrayList<>())
                    .add(new Membership(
                            day(file, row.getOrDefault("from", ""), Integer.MIN_VALUE),
                            day(file, row.getOrDefault("until", ""), Integer.MAX_VALUE)));
        }
        return members;
    }

    private static int day(Path file, String text, int otherwise) throws IOException {
        try {
            return text.isBlank()
                    ? otherwise
                    : Math.toIntExact(LocalDate.parse(text).toEpochDay());
        } catch (DateTimeException e) {
            throw new IOException(file + ": \"" + text + "\" is not a date", e);
        }
    }

    private static List<Map<String, String>> rows(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is missing");
        }
        try (MappingIterator<Map<String, String>> rows = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(Files.readString(file))) {
            return rows.readAll();
        } catch (IOException e) {
            throw new IOException(file + " is not readable CSV: " + e.getMessage(), e);
        }
    }

    private static String need(Path file, String column, @org.jspecify.annotations.Nullable String value)
            throws IOException {
        if (value == null || value.isBlank()) {
            throw new IOException(file + ": a row has no " + column);
        }
        return value;
    }
}
