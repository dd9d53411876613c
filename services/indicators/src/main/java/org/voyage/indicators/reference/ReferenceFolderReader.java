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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.reference.Geography.CountryRegion;
import org.voyage.indicators.reference.MembershipList.MembershipPeriod;

/** Reader of the folder {@code contracts/reference}. An invalid file stops the start, with file and reason. */
public final class ReferenceFolderReader {

    private static final CsvMapper CSV_MAPPER = CsvMapper.builder()
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.ALLOW_COMMENTS)
            .build();

    private ReferenceFolderReader() {}

    /**
     * Reads the folder.
     *
     * @param codeLists file of the codes of each dimension
     * @param countryFields fields that hold a country
     * @param collegeLists a folder with more lists of colleges, or with the members of empty lists
     * @throws IOException when a file is missing or invalid
     */
    public static ReferenceData readFolder(
            Path folder, Map<String, String> codeLists, List<String> countryFields, Optional<Path> collegeLists)
            throws IOException {
        Map<String, CodeList> lists = new HashMap<>();
        for (Map.Entry<String, String> entry : codeLists.entrySet()) {
            lists.put(entry.getKey(), readCodeList(List.of(folder.resolve(entry.getValue())), List.of()));
        }
        List<Path> countryFiles = List.of(folder.resolve("countries.csv"), folder.resolve("former-countries.csv"));
        CodeList countries = readCodeList(countryFiles, readRows(folder.resolve("also-countries.csv")));
        countryFields.forEach(field -> lists.put(field, countries));
        Map<String, MembershipList> members = new HashMap<>();
        for (Path file : listFiles(folder.resolve("lists"))) {
            addList(members, new MembershipList(codeOfFile(file), false, readCountryMembers(file, countries)));
        }
        Set<String> countryLists = Set.copyOf(members.keySet());
        Map<String, MembershipList> colleges = new HashMap<>();
        for (Path file : listFiles(folder.resolve("college-lists"))) {
            colleges.put(codeOfFile(file), new MembershipList(codeOfFile(file), true, readCollegeMembers(file)));
        }
        if (collegeLists.isPresent()) {
            if (!Files.isDirectory(collegeLists.get())) {
                throw new IOException(collegeLists.get() + " is not a folder with lists of colleges");
            }
            for (Path file : listFiles(collegeLists.get())) {
                colleges.put(codeOfFile(file), new MembershipList(codeOfFile(file), true, readCollegeMembers(file)));
            }
        }
        for (MembershipList list : colleges.values()) {
            addList(members, list);
        }
        return new ReferenceData(lists, members, new Geography(countryFields, countryLists, readPlaces(countryFiles)));
    }

    private static void addList(Map<String, MembershipList> lists, MembershipList list) throws IOException {
        if (lists.put(list.code(), list) != null) {
            throw new IOException("the list " + list.code() + " is one of countries and one of colleges");
        }
    }

    /** @param also further names of the codes */
    private static CodeList readCodeList(List<Path> files, List<Map<String, String>> also) throws IOException {
        Map<String, CodeLabel> labels = new LinkedHashMap<>();
        Map<String, List<String>> others = new HashMap<>();
        for (Path file : files) {
            for (Map<String, String> row : readRows(file)) {
                String code = row.containsKey("alpha3") ? row.get("alpha3") : row.get("code");
                labels.put(
                        requireValue(file, "code", code),
                        new CodeLabel(
                                requireValue(file, "zh", row.get("zh")), requireValue(file, "en", row.get("en"))));
                List<String> its = others.computeIfAbsent(requireValue(file, "code", code), key -> new ArrayList<>());
                its.add(row.getOrDefault("alpha2", ""));
                its.add(row.getOrDefault("zhShort", ""));
            }
        }
        for (Map<String, String> row : also) {
            others.computeIfAbsent(row.getOrDefault("alpha3", ""), key -> new ArrayList<>())
                    .add(row.getOrDefault("name", ""));
        }
        labels.putIfAbsent(Geography.UNKNOWN_REGION, new CodeLabel("未知", "Unknown"));
        return new CodeList(labels, others);
    }

    private static Map<String, CountryRegion> readPlaces(List<Path> files) throws IOException {
        Map<String, CountryRegion> places = new HashMap<>();
        for (Path file : files) {
            for (Map<String, String> row : readRows(file)) {
                String subRegion = row.containsKey("subRegion") ? row.get("subRegion") : row.get("sub_region");
                places.put(
                        requireValue(file, "alpha3", row.get("alpha3")),
                        new CountryRegion(
                                requireValue(file, "region", row.get("region")),
                                requireValue(file, "subRegion", subRegion)));
            }
        }
        return places;
    }

    private static List<Path> listFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".csv")).toList();
        }
    }

    private static String codeOfFile(Path file) {
        return file.getFileName().toString().replaceFirst("\\.csv$", "");
    }

    private static Map<String, List<MembershipPeriod>> readCountryMembers(Path file, CodeList countries)
            throws IOException {
        Map<String, List<MembershipPeriod>> members = new HashMap<>();
        for (Map<String, String> row : readRows(file)) {
            String country = requireValue(file, "alpha3", row.get("alpha3"));
            if (!countries.containsCode(country)) {
                throw new IOException(file + ": country " + country + " is not in countries.csv");
            }
            addMembership(members, country, file, row.get("from"), row.get("until"));
        }
        return members;
    }

    private static Map<String, List<MembershipPeriod>> readCollegeMembers(Path file) throws IOException {
        Map<String, List<MembershipPeriod>> members = new HashMap<>();
        for (Map<String, String> row : readRows(file)) {
            String college = requireValue(file, "college", row.get("college"));
            addMembership(members, college, file, row.get("valid_from"), row.get("valid_until"));
        }
        return members;
    }

    private static void addMembership(
            Map<String, List<MembershipPeriod>> members,
            String member,
            Path file,
            @Nullable String from,
            @Nullable String until)
            throws IOException {
        members.computeIfAbsent(member, key -> new ArrayList<>())
                .add(new MembershipPeriod(
                        parseDay(file, from, Integer.MIN_VALUE), parseDay(file, until, Integer.MAX_VALUE)));
    }

    private static int parseDay(Path file, @Nullable String text, int otherwise) throws IOException {
        try {
            return text == null || text.isBlank()
                    ? otherwise
                    : Math.toIntExact(LocalDate.parse(text).toEpochDay());
        } catch (DateTimeException e) {
            throw new IOException(file + ": \"" + text + "\" is not a date", e);
        }
    }

    private static List<Map<String, String>> readRows(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is missing");
        }
        try (MappingIterator<Map<String, String>> rows = CSV_MAPPER
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(Files.readString(file))) {
            return rows.readAll();
        } catch (IOException e) {
            throw new IOException(file + " is not readable CSV: " + e.getMessage(), e);
        }
    }

    private static String requireValue(Path file, String column, @Nullable String value) throws IOException {
        if (value == null || value.isBlank()) {
            throw new IOException(file + ": a row has no " + column);
        }
        return value;
    }
}
