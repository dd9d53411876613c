package org.voyage.kit.sheet;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.CellText;

/** The codes of a file of {@code contracts/reference}, with their names. */
public final class CodeList {
    private static final Map<String, CodeList> LOADED = new ConcurrentHashMap<>();

    private final String name;
    private final List<Code> codes;
    private final Map<String, String> byName;

    /** A code and what it is called. */
    public record Code(String code, String zh, String en) {}

    CodeList(String name, List<Code> codes) {
        this.name = name;
        this.codes = List.copyOf(codes);
        this.byName = byName(codes);
    }

    /** The list of {@code /contracts/reference/<name>.csv}. */
    static CodeList of(String name) {
        return LOADED.computeIfAbsent(name, CodeList::load);
    }

    public String name() {
        return name;
    }

    public List<Code> codes() {
        return codes;
    }

    /** The code with this code or name, however it is spaced or capitalised; null if none or several have it. */
    public @Nullable String code(String text) {
        return byName.get(CellText.fold(text));
    }

    private static Map<String, String> byName(List<Code> codes) {
        var byName = new HashMap<String, String>();
        var ambiguous = new HashSet<String>();
        for (var code : codes) {
            for (var word : List.of(code.zh(), code.en())) {
                var folded = CellText.fold(word);
                var other = byName.putIfAbsent(folded, code.code());
                if (other != null && !other.equals(code.code())) {
                    ambiguous.add(folded);
                }
            }
        }
        byName.keySet().removeAll(ambiguous);
        // A code always means itself.
        codes.forEach(code -> byName.put(CellText.fold(code.code()), code.code()));
        return byName;
    }

    private static CodeList load(String name) {
        try (var in = RecordForm.resource("/contracts/reference/" + name + ".csv");
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(in)) {
            var codes = new ArrayList<Code>();
            while (rows.hasNext()) {
                var row = rows.next();
                var code = Objects.requireNonNull(row.getOrDefault("code", row.get("alpha3")), name);
                codes.add(new Code(
                        code,
                        Objects.requireNonNull(row.get("zh"), code),
                        Objects.requireNonNull(row.get("en"), code)));
            }
            return new CodeList(name, codes);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
