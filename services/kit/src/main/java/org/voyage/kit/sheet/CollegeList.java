package org.voyage.kit.sheet;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.CodeNames.NamedCode;
import org.voyage.kit.input.ValidityPeriod;
import org.voyage.kit.reference.CodeListFile;

/**
 * List of colleges by province, which an operator loads: tables may then have the name of a college of the sender's province
 * instead of its code. A former name is read with a warning. A name that two colleges of a province have is no name.
 */
@Startup
@ApplicationScoped
public class CollegeList {

    private static final Pattern CODE = Pattern.compile("41[0-9]{8}");

    private final Map<String, NamedCodeList> byProvince;

    /** @throws IllegalStateException if the file is wrong, naming it, the row and the reason */
    CollegeList(CollegeConfig config) {
        this.byProvince = config.file().map(CollegeList::loadFile).orElse(Map.of());
    }

    /** Returns the colleges of a province; none if no list is loaded. */
    public NamedCodeList collegesOf(Province province) {
        return byProvince.getOrDefault(province.code(), NamedCodeList.EMPTY);
    }

    private static Map<String, NamedCodeList> loadFile(Path file) {
        try (var in = Files.newInputStream(file)) {
            return toLists(file.toString(), CodeListFile.readRows(in));
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Map<String, NamedCodeList> toLists(String file, List<Map<String, String>> rows) {
        var provinces = new HashMap<String, CollegesOfProvince>();
        var codes = new HashSet<String>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var where = file + ", row " + (i + 2) + ": ";
            var code = row.getOrDefault("code", "").strip();
            var zh = row.getOrDefault("zh", "").strip();
            var province = row.getOrDefault("province", "").strip();
            require(CODE.matcher(code).matches(), where + "the code is 10 digits that begin with 41");
            require(codes.add(code), where + "the code " + code + " is in the file twice");
            require(!zh.isEmpty(), where + "the Chinese name (zh) is missing");
            require(Province.find(province).isPresent(), where + "no province of two digits is \"" + province + "\"");
            var en = row.getOrDefault("en", "").strip();
            provinces
                    .computeIfAbsent(province, its -> new CollegesOfProvince())
                    .add(
                            new NamedCode(code, zh, en.isEmpty() ? zh : en),
                            row.getOrDefault("former", ""),
                            parseDay(row, "from", where),
                            parseDay(row, "until", where));
        }
        var lists = new HashMap<String, NamedCodeList>();
        provinces.forEach((province, colleges) -> lists.put(province, colleges.toList()));
        return Map.copyOf(lists);
    }

    private static @Nullable LocalDate parseDay(Map<String, String> row, String column, String where) {
        var text = row.getOrDefault(column, "").strip();
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalStateException(where + column + " is a day such as 2019-09-01", e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** The colleges of one province. */
    private static final class CollegesOfProvince {
        private final List<NamedCode> current = new ArrayList<>();
        private final List<NamedCode> former = new ArrayList<>();
        private final Map<String, ValidityPeriod> validity = new HashMap<>();
        private final Map<String, NamedCode> formerNames = new HashMap<>();
        private final Set<String> ambiguous = new HashSet<>();

        void add(NamedCode college, String names, @Nullable LocalDate from, @Nullable LocalDate until) {
            (until == null ? current : former).add(college);
            if (from != null || until != null) {
                validity.put(college.code(), new ValidityPeriod(from, until, List.of()));
            }
            for (var name : names.split("[|｜]", -1)) {
                var word = CellTextParser.fold(name);
                if (!word.isEmpty() && formerNames.putIfAbsent(word, college) != null) {
                    ambiguous.add(word);
                }
            }
        }

        NamedCodeList toList() {
            formerNames.keySet().removeAll(ambiguous);
            return new NamedCodeList(current, former, validity, formerNames, formerNames, false);
        }
    }
}
