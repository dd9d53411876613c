package org.voyage.indicators.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Indicator;

/** Draws up the sheet of one year of one figure. Its tables are released together or not at all: they have one total. */
record Drawing(Indicator figure, int year, long number, Map<String, Halves> tables, Protection protection) {

    /** @param earlier all its sheets, the newest last */
    Drawn draw(List<Sheet> earlier, Amounts amounts) {
        Map<String, Part> drawn = new LinkedHashMap<>();
        for (Map.Entry<String, Halves> table : tables.entrySet()) {
            Halves codes = table.getValue();
            ToLongFunction<String> now = amounts.at(year, table.getKey());
            Long published = published(earlier);
            if (published == null) {
                if (!earlier.isEmpty() && Protection.isSmall(codes.sum(now))) {
                    return new Drawn.Unmoved();
                }
                drawn.put(table.getKey(), protection.first(codes, now));
                continue;
            }
            if (!Protection.isWorthIt(published, codes.sum(now))) {
                return new Drawn.Unmoved();
            }
            List<Part> versions = versions(earlier, table.getKey());
            Optional<Part> next = versions.isEmpty()
                    ? Optional.of(protection.first(codes, now))
                    : protection.again(codes, versions, now);
            if (next.isEmpty()) {
                return new Drawn.Kept();
            }
            drawn.put(table.getKey(), next.get());
        }
        return new Drawn.New(new Sheet(figure.code(), figure.version(), year, number, drawn));
    }

    /** The total as it was last published; null while it was not. */
    private static @Nullable Long published(List<Sheet> earlier) {
        return earlier.isEmpty()
                ? null
                : earlier.getLast().tables().values().iterator().next().value();
    }

    /** Those in which something was open. */
    private static List<Part> versions(List<Sheet> earlier, String table) {
        return earlier.stream()
                .map(sheet -> sheet.tables().get(table))
                .filter(part -> part != null && part.value() != null)
                .toList();
    }
}
