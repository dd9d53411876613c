package org.voyage.kit.reference;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.ValidityPeriod;

/**
 * Groups of countries: the lists of {@code contracts/reference/lists}, whose memberships have dates, and the regions, whose
 * countries have none.
 */
public final class CountryGroups {

    private static final String CLASSPATH_FOLDER = "contracts/reference/lists";
    private static final String SUFFIX = ".csv";

    private final Map<String, List<Membership>> lists = new TreeMap<>();
    private final Map<String, Set<String>> regions = new TreeMap<>();

    private record Membership(String country, ValidityPeriod period) {}

    private CountryGroups() {}

    /**
     * Loads the groups.
     *
     * @param replacements folder whose files replace the lists of the same name, or add lists
     * @throws UncheckedIOException for an unreadable file
     */
    public static CountryGroups load(Optional<Path> replacements) {
        CountryGroups groups = new CountryGroups();
        try {
            ClassPathUtils.consumeAsPaths(CLASSPATH_FOLDER, groups::readLists);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        replacements.ifPresent(groups::readLists);
        Stream.concat(CodeListFile.readRows("countries").stream(), CodeListFile.readFormerRows("countries").stream())
                .filter(row -> !row.getOrDefault("region", "").isEmpty())
                .forEach(row -> groups.regions
                        .computeIfAbsent(row.getOrDefault("region", ""), region -> new TreeSet<>())
                        .add(CodeListFile.codeOf(row)));
        return groups;
    }

    /** Returns the codes of the lists, e.g. {@code asean}. */
    public Set<String> listCodes() {
        return Collections.unmodifiableSet(lists.keySet());
    }

    /** Returns the codes of the regions, e.g. {@code africa}. */
    public Set<String> regionCodes() {
        return Collections.unmodifiableSet(regions.keySet());
    }

    /** Returns the countries on a list on a day (ISO 3166-1 alpha-3); none of an unknown list. */
    public Set<String> membersOn(String list, LocalDate day) {
        Set<String> members = new TreeSet<>();
        for (Membership membership : lists.getOrDefault(list, List.of())) {
            if (membership.period().holdsOn(day)) {
                members.add(membership.country());
            }
        }
        return members;
    }

    /** Returns the countries of a region, those included that have ended; none of an unknown region. */
    public Set<String> countriesIn(String region) {
        return regions.getOrDefault(region, Set.of());
    }

    private void readLists(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                String name = file.getFileName().toString();
                lists.put(name.substring(0, name.length() - SUFFIX.length()), readMemberships(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Membership> readMemberships(Path file) throws IOException {
        List<Membership> memberships = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(Files.readString(file))) {
            while (rows.hasNext()) {
                Map<String, String> row = rows.next();
                memberships.add(new Membership(
                        CodeListFile.codeOf(row),
                        new ValidityPeriod(parseDay(row.get("from")), parseDay(row.get("until")), List.of())));
            }
        }
        return memberships;
    }

    private static @Nullable LocalDate parseDay(@Nullable String day) {
        return day == null || day.isEmpty() ? null : LocalDate.parse(day);
    }
}
