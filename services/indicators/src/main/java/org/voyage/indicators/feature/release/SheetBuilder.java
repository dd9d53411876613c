package org.voyage.indicators.feature.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;

/**
 * Builder of the sheet of one year of one figure. It releases all tables together or none, because they share one
 * total.
 *
 * @param isGap whether no province has reported about the year
 * @param isMostlyReported whether the year may be the headline of the figure
 */
record SheetBuilder(
        CountedFigure figure,
        int year,
        long number,
        Map<String, BinaryCodeTree> tables,
        CellSuppression protection,
        boolean isGap,
        boolean isMostlyReported) {

    /**
     * @param earlier all its sheets, the newest last
     * @param amounts the true numbers of a table, by code
     */
    SheetOutcome buildSheet(List<ReleasedSheet> earlier, Function<String, ToLongFunction<String>> amounts) {
        List<Long> totals = publishedTotals(earlier);
        Map<String, ReleasedNode> drawn = new LinkedHashMap<>();
        boolean reported = true;
        for (Map.Entry<String, BinaryCodeTree> table : tables.entrySet()) {
            BinaryCodeTree codes = table.getValue();
            ToLongFunction<String> now = amounts.apply(table.getKey());
            long total = codes.sumCodes(now);
            reported = total > 0 || !isGap;
            if (totals.isEmpty()) {
                if (!earlier.isEmpty() && CellSuppression.isSmall(total)) {
                    return new SheetOutcome.UnmovedSheet();
                }
                drawn.put(table.getKey(), protection.suppressFirst(codes, now));
                continue;
            }
            if (!CellSuppression.isReleaseDue(totals.getLast(), total)) {
                return reissueNewest(earlier.getLast(), totals.getLast() == total ? reported : null);
            }
            // The check covers all earlier tables, because the definition may have changed them since.
            if (!CellSuppression.canBeShownAfter(totals, total)) {
                return new SheetOutcome.KeptSheet();
            }
            List<ReleasedNode> versions = openVersions(earlier, table.getKey());
            Optional<ReleasedNode> next = versions.isEmpty()
                    ? Optional.of(protection.suppressFirst(codes, now))
                    : protection.suppressAgain(codes, versions, now);
            if (next.isEmpty()) {
                return new SheetOutcome.KeptSheet();
            }
            drawn.put(table.getKey(), next.get());
        }
        return new SheetOutcome.NewSheet(
                new ReleasedSheet(figure.code(), figure.version(), year, number, drawn, reported, isMostlyReported));
    }

    /**
     * Releases the newest numbers again when it is now reported by any province or by most of them.
     *
     * @param reported null when its total has moved too little for new numbers
     */
    private SheetOutcome reissueNewest(ReleasedSheet newest, @Nullable Boolean reported) {
        boolean reportedNow = reported == null ? newest.isReported() : reported;
        boolean mostly = isMostlyReported || newest.isMostlyReported();
        return reportedNow == newest.isReported() && mostly == newest.isMostlyReported()
                ? new SheetOutcome.UnmovedSheet()
                : new SheetOutcome.NewSheet(newest.reissue(number, reportedNow, mostly));
    }

    /** Returns all totals that were ever published. */
    private static List<Long> publishedTotals(List<ReleasedSheet> earlier) {
        return earlier.stream()
                .map(ReleasedSheet::total)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns the versions with an open total. */
    private static List<ReleasedNode> openVersions(List<ReleasedSheet> earlier, String table) {
        return earlier.stream()
                .map(sheet -> sheet.tables().get(table))
                .filter(part -> part != null && part.value() != null)
                .toList();
    }
}
