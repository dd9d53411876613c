package org.voyage.kit.sheet;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.CodeNames.NamedCode;
import org.voyage.kit.input.ValidityPeriod;

/**
 * Builder of a code list from rows of a file with the columns {@code zh}, {@code en}, {@code former}, {@code from} and
 * {@code until}, which an operator supplies. A former name is read with a warning; a former name of two codes is none.
 */
final class NamedCodeListBuilder {

    private final List<NamedCode> current = new ArrayList<>();
    private final List<NamedCode> former = new ArrayList<>();
    private final Map<String, ValidityPeriod> validity = new HashMap<>();
    private final Map<String, NamedCode> formerNames = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    /**
     * Adds a code.
     *
     * @param where name of the file and number of the row, for the exception
     * @throws IllegalStateException if the row has no Chinese name or a wrong day
     */
    void add(String code, Map<String, String> row, String where) {
        var zh = row.getOrDefault("zh", "").strip();
        require(!zh.isEmpty(), where + "the Chinese name (zh) is missing");
        var en = row.getOrDefault("en", "").strip();
        var from = parseDay(row, "from", where);
        var until = parseDay(row, "until", where);
        var named = new NamedCode(code, zh, en.isEmpty() ? zh : en);
        (until == null ? current : former).add(named);
        if (from != null || until != null) {
            validity.put(code, new ValidityPeriod(from, until, List.of()));
        }
        for (var name : row.getOrDefault("former", "").split("[|｜]", -1)) {
            var word = CellTextParser.fold(name);
            if (!word.isEmpty() && formerNames.putIfAbsent(word, named) != null) {
                ambiguous.add(word);
            }
        }
    }

    NamedCodeList toList() {
        formerNames.keySet().removeAll(ambiguous);
        return new NamedCodeList(current, former, validity, formerNames, formerNames, false);
    }

    private static @Nullable LocalDate parseDay(Map<String, String> row, String column, String where) {
        var text = row.getOrDefault(column, "").strip();
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalStateException(where + column + " is a day such as 2019-09-01", e);
        }
    }

    /** @throws IllegalStateException with this text unless the condition holds */
    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
