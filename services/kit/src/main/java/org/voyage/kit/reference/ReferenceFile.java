package org.voyage.kit.reference;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
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
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.CodeNames.Named;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.Validity;

/**
 * A code list of {@code contracts/reference} on the class path: its rows by the names of their columns. A code that does
 * not hold for ever says so in the columns {@code from} (first day) and {@code until} (first day on which it no longer
 * does); a list without such codes may leave them out. Codes that ended may also stand in a list of their own, {@code
 * former-<list>}, with what came after them, those that began lately be named in {@code new-<list>}, with what was
 * before, and {@code also-<list>} say what else people write for a code.
 */
public final class ReferenceFile {

    private static final Map<Enum<?>, String> ZH = new ConcurrentHashMap<>();

    private ReferenceFile() {}

    /**
     * The codes of a list, those that ended included; each holds on its own days only.
     *
     * @param noun what they are, see {@link Codes#of(String, Collection)}
     * @param wanted rows whose code is meant
     */
    public static Codes<String> codes(String noun, String list, Predicate<Map<String, String>> wanted) {
        List<String> codes = new ArrayList<>(
                rows(list).stream().filter(wanted).map(ReferenceFile::code).toList());
        formerRows(list).forEach(row -> codes.add(code(row)));
        Map<String, Validity> passing = validity(list);
        passing.keySet().retainAll(codes);
        return Codes.of(noun, codes).passing(passing).meaning(meanings(list));
    }

    /**
     * The codes of an enum, each holding on the days that its list says.
     *
     * @param noun as above
     * @throws IllegalStateException if the list has other codes than the enum
     */
    public static <E extends Enum<E>> Codes<E> codes(String noun, String list, Class<E> type) {
        Codes<E> codes = Codes.of(noun, type);
        Set<String> listed = known(list, "code");
        if (!listed.equals(codes.codes())) {
            throw new IllegalStateException(list + " has the codes " + listed + ", not " + codes.codes());
        }
        return codes.passing(validity(list));
    }

    /** The codes of a list that do not hold for ever, and when they do. */
    public static Map<String, Validity> validity(String list) {
        Map<String, Validity> validity = new HashMap<>();
        for (Map<String, String> row : rows(list)) {
            LocalDate from = day(row, "from");
            LocalDate until = day(row, "until");
            if (from != null || until != null) {
                validity.put(code(row), new Validity(from, until, List.of()));
            }
        }
        for (Map<String, String> row : rowsBeside(list, "new-")) {
            validity.put(code(row), new Validity(day(row, "valid_from"), null, others(row, "predecessor")));
        }
        for (Map<String, String> row : formerRows(list)) {
            validity.put(
                    code(row), new Validity(day(row, "valid_from"), day(row, "valid_until"), others(row, "successor")));
        }
        return validity;
    }

    /** How the codes of a list are written otherwise: by their names, those in use too, with two letters, in small ones. */
    private static Map<String, Named> meanings(String list) {
        Map<String, Named> meanings = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        Stream.concat(rows(list).stream(), formerRows(list).stream())
                .forEach(row -> Stream.of("code", "alpha3", "alpha2", "zh", "en")
                        .map(column -> CellText.fold(row.getOrDefault(column, "")))
                        .filter(word -> !word.isEmpty())
                        .forEach(word -> {
                            Named other = meanings.putIfAbsent(word, named(row));
                            if (other != null && !other.code().equals(code(row))) {
                                ambiguous.add(word);
                            }
                        }));
        meanings.keySet().removeAll(ambiguous);
        meanings.putAll(otherNames(list));
        return meanings;
    }

    /**
     * What else people write for the codes of a list, as {@link CellText#fold} makes it: good for a suggestion only.
     *
     * @throws IllegalStateException if a code is none of the list
     */
    public static Map<String, Named> otherNames(String list) {
        Map<String, Named> codes =
                rows(list).stream().collect(Collectors.toMap(ReferenceFile::code, ReferenceFile::named));
        Map<String, Named> names = new HashMap<>();
        for (Map<String, String> row : rowsBeside(list, "also-")) {
            Named code = codes.get(code(row));
            if (code == null) {
                throw new IllegalStateException("also-" + list + " names a code that is not in " + list + ": " + row);
            }
            names.put(CellText.fold(Objects.requireNonNull(row.get("name"), row::toString)), code);
        }
        return names;
    }

    /** The code of a row and what people call it. */
    public static Named named(Map<String, String> row) {
        return new Named(
                code(row),
                Objects.requireNonNull(row.get("zh"), row::toString),
                Objects.requireNonNull(row.get("en"), row::toString));
    }

    /** What the constant of an enum whose list this is is called in Chinese. */
    public static String zh(String list, Enum<?> constant) {
        return ZH.computeIfAbsent(constant, its -> {
            String code = Codes.kebab(its);
            return rows(list).stream()
                    .filter(row -> code(row).equals(code))
                    .map(row -> named(row).zh())
                    .findFirst()
                    .orElseThrow();
        });
    }

    /** Everything that stands in some columns of a list. */
    public static Set<String> known(String list, String... columns) {
        return rows(list).stream()
                .flatMap(row -> Stream.of(columns).map(column -> Objects.requireNonNull(row.get(column))))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The code of a row. */
    public static String code(Map<String, String> row) {
        return Objects.requireNonNull(row.getOrDefault("code", row.get("alpha3")));
    }

    private static @Nullable LocalDate day(Map<String, String> row, String column) {
        String day = row.getOrDefault(column, "");
        return day.isEmpty() ? null : LocalDate.parse(day);
    }

    private static List<String> others(Map<String, String> row, String column) {
        String others = row.getOrDefault(column, "");
        return others.isEmpty() ? List.of() : List.of(others.split(" ", -1));
    }

    /** The rows of the codes of a list that ended; none if it has no such codes. */
    public static List<Map<String, String>> formerRows(String list) {
        return rowsBeside(list, "former-");
    }

    private static List<Map<String, String>> rowsBeside(String list, String prefix) {
        return ContractFile.exists(path(prefix + list)) ? rows(prefix + list) : List.of();
    }

    private static String path(String name) {
        return "reference/" + name + ".csv";
    }

    /** @param name of the file without {@code .csv} */
    public static List<Map<String, String>> rows(String name) {
        try (InputStream in = ContractFile.open(path(name));
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
