package org.voyage.kit.reference;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.CodeNames.NamedCode;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.ValidityPeriod;

/**
 * Code list of {@code contracts/reference} on the class path: its rows by the names of their columns. A code with
 * limited validity has the columns {@code from} (first day) and {@code until} (first day after it); a list without such
 * codes may omit them. The list can have three additional files:
 *
 * <ul>
 *   <li>{@code former-<list>}: ended codes, with their successors.
 *   <li>{@code new-<list>}: recent codes, with their predecessors.
 *   <li>{@code also-<list>}: other texts that people write for a code. With {@code hint} as {@code use} a text is never
 *       read, only suggested.
 * </ul>
 */
public final class CodeListFile {

    private static final Map<Enum<?>, String> CHINESE_NAMES = new ConcurrentHashMap<>();

    /** Use of the other names of a list. */
    public enum NameUse {
        /** Names that are read, with a warning: they mean one code only. */
        READ,
        /** All names, also those that may mean another code. */
        SUGGEST
    }

    private CodeListFile() {}

    /**
     * Returns the codes of a list, ended ones included; each is valid on its own days only.
     *
     * @param noun name of the codes, see {@link CodeSet#of(String, Collection)}
     * @param wanted selects rows
     */
    public static CodeSet<String> codes(String noun, String list, Predicate<Map<String, String>> wanted) {
        List<String> codes = new ArrayList<>(
                readRows(list).stream().filter(wanted).map(CodeListFile::codeOf).toList());
        readFormerRows(list).forEach(row -> codes.add(codeOf(row)));
        Map<String, ValidityPeriod> passing = validityByCode(list);
        passing.keySet().retainAll(codes);
        return CodeSet.of(noun, codes).withValidity(passing).withMeanings(namesByCode(list));
    }

    /**
     * Returns the codes of an enum, each valid on the days of its list.
     *
     * @param noun as above
     * @throws IllegalStateException if the list has other codes than the enum
     */
    public static <E extends Enum<E>> CodeSet<E> codes(String noun, String list, Class<E> type) {
        CodeSet<E> codes = CodeSet.of(noun, type);
        Set<String> listed = valuesOf(list, "code");
        if (!listed.equals(codes.codes())) {
            throw new IllegalStateException(list + " has the codes " + listed + ", not " + codes.codes());
        }
        return codes.withValidity(validityByCode(list));
    }

    /** Returns the codes of a list with limited validity, and their periods. */
    public static Map<String, ValidityPeriod> validityByCode(String list) {
        Map<String, ValidityPeriod> validity = new HashMap<>();
        for (Map<String, String> row : readRows(list)) {
            LocalDate from = parseDay(row, "from");
            LocalDate until = parseDay(row, "until");
            if (from != null || until != null) {
                validity.put(codeOf(row), new ValidityPeriod(from, until, List.of()));
            }
        }
        for (Map<String, String> row : readSideRows(list, "new-")) {
            validity.put(
                    codeOf(row),
                    new ValidityPeriod(parseDay(row, "valid_from"), null, otherNamesOf(row, "predecessor")));
        }
        for (Map<String, String> row : readFormerRows(list)) {
            validity.put(
                    codeOf(row),
                    new ValidityPeriod(
                            parseDay(row, "valid_from"), parseDay(row, "valid_until"), otherNamesOf(row, "successor")));
        }
        return validity;
    }

    /**
     * Returns the codes of a list by their other forms: their names, common names and two-letter codes, in small
     * letters.
     */
    private static Map<String, NamedCode> namesByCode(String list) {
        Map<String, NamedCode> meanings = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        Stream.concat(readRows(list).stream(), readFormerRows(list).stream())
                .forEach(row -> Stream.of("code", "alpha3", "alpha2", "zh", "zhShort", "en")
                        .map(column -> CellTextParser.fold(row.getOrDefault(column, "")))
                        .filter(word -> !word.isEmpty())
                        .forEach(word -> {
                            NamedCode other = meanings.putIfAbsent(word, toNamedCode(row));
                            if (other != null && !other.code().equals(codeOf(row))) {
                                ambiguous.add(word);
                            }
                        }));
        meanings.keySet().removeAll(ambiguous);
        meanings.putAll(codesByOtherName(list, NameUse.SUGGEST));
        return meanings;
    }

    /**
     * Returns the codes of a list by other texts that people write for them, as {@link CellTextParser#fold} makes them.
     *
     * @param use which of them
     *
     * @throws IllegalStateException if a code is not in the list
     */
    public static Map<String, NamedCode> codesByOtherName(String list, NameUse use) {
        Map<String, NamedCode> codes =
                readRows(list).stream().collect(Collectors.toMap(CodeListFile::codeOf, CodeListFile::toNamedCode));
        Map<String, NamedCode> names = new HashMap<>();
        for (Map<String, String> row : readSideRows(list, "also-")) {
            NamedCode code = codes.get(codeOf(row));
            if (code == null) {
                throw new IllegalStateException("also-" + list + " names a code that is not in " + list + ": " + row);
            }
            if (use == NameUse.READ && "hint".equals(row.get("use"))) {
                continue;
            }
            names.put(CellTextParser.fold(Objects.requireNonNull(row.get("name"), row::toString)), code);
        }
        return names;
    }

    /** Returns the code of a row and its names. */
    public static NamedCode toNamedCode(Map<String, String> row) {
        return new NamedCode(
                codeOf(row),
                Objects.requireNonNull(row.get("zh"), row::toString),
                Objects.requireNonNull(row.get("en"), row::toString));
    }

    /** Returns the Chinese name of an enum constant in the enum's list. */
    public static String chineseName(String list, Enum<?> constant) {
        return CHINESE_NAMES.computeIfAbsent(constant, its -> {
            String code = CodeSet.toKebab(its);
            return readRows(list).stream()
                    .filter(row -> codeOf(row).equals(code))
                    .map(row -> toNamedCode(row).zh())
                    .findFirst()
                    .orElseThrow();
        });
    }

    /** Returns all values in some columns of a list. */
    public static Set<String> valuesOf(String list, String... columns) {
        return readRows(list).stream()
                .flatMap(row -> Stream.of(columns).map(column -> Objects.requireNonNull(row.get(column))))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the code of a row. */
    public static String codeOf(Map<String, String> row) {
        return Objects.requireNonNull(row.getOrDefault("code", row.get("alpha3")));
    }

    private static @Nullable LocalDate parseDay(Map<String, String> row, String column) {
        String day = row.getOrDefault(column, "");
        return day.isEmpty() ? null : LocalDate.parse(day);
    }

    private static List<String> otherNamesOf(Map<String, String> row, String column) {
        String others = row.getOrDefault(column, "");
        return others.isEmpty() ? List.of() : List.of(others.split(" ", -1));
    }

    /** Returns the rows of the ended codes of a list; none if it has no such codes. */
    public static List<Map<String, String>> readFormerRows(String list) {
        return readSideRows(list, "former-");
    }

    private static List<Map<String, String>> readSideRows(String list, String prefix) {
        return ContractFile.exists(pathOf(prefix + list)) ? readRows(prefix + list) : List.of();
    }

    private static String pathOf(String name) {
        return "reference/" + name + ".csv";
    }

    /**
     * Returns the rows of a file.
     *
     * @param name of the file without {@code .csv}
     */
    public static List<Map<String, String>> readRows(String name) {
        try (InputStream in = ContractFile.open(pathOf(name))) {
            return readRows(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the rows of a CSV file in UTF-8, by the names of their columns. */
    public static List<Map<String, String>> readRows(InputStream in) throws IOException {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                .readValues(in)) {
            return rows.readAll();
        }
    }
}
