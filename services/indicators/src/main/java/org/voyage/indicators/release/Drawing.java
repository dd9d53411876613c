package org.voyage.indicators.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.voyage.indicators.indicator.Indicator;

/** Draws up the sheet of one year of one figure. Its tables are released together or not at all: they have one total. */
record Drawing(Indicator figure, int year, long number, Map<String, Halves> tables, Protection protection) {

    /**
     * @param earlier all its sheets, the newest last
     * @param amounts the true numbers of a table, by code
     */
    Drawn draw(List<Sheet> earlier, Function<String, ToLongFunction<String>> amounts) {
        List<Long> totals = totals(earlier);
        Map<String, Part> drawn = new LinkedHashMap<>();
        for (Map.Entry<String, Halves> table : tables.entrySet()) {
            Halves codes = table.getValue();
            ToLongFunction<String> now = amounts.apply(table.getKey());
            long total = codes.sum(now);
            if (totals.isEmpty()) {
                if (!earlier.isEmpty() && Protection.isSmall(total)) {
                    return new Drawn.Unmoved();
                }
                drawn.put(table.getKey(), protection.first(codes, now));
                continue;
            }
            if (!Protection.isWorthIt(totals.getLast(), total)) {
                return new Drawn.Unmoved();
            }
            // Whatever tables there were: the definition may have other ones since.
            if (!Protection.canFollow(totals, total)) {
                return new Drawn.Kept();
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

    /** All that were ever published. */
    private static List<Long> totals(List<Sheet> earlier) {
        return earlier.stream()
                .map(sheet -> sheet.tables().values().iterator().next().value())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Those in which something was open. */
    private static List<Part> versions(List<Sheet> earlier, String table) {
        return earlier.stream()
                .map(sheet -> sheet.tables().get(table))
                .filter(part -> part != null && part.value() != null)
                .toList();
    }
}
