package org.voyage.demo;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Report of published and live figures by service, as a table that is aligned also for Chinese names. */
final class ReconciliationReport {

    private static final List<String> HEADER = List.of("figure", "period", "published", "live", "difference", "unit");

    /** Number columns are aligned to the right. */
    private static final List<Boolean> NUMBER_COLUMNS = List.of(false, false, true, true, true, false);

    /** Width limit of units: some are long sentences after which no column needs alignment. */
    private static final int MAX_UNIT_WIDTH = 15;

    /** Indentation of figures under their service. */
    private static final String INDENT = "  ";

    private ReconciliationReport() {}

    static void printReport(PrintStream out, ReconciliationResult reconciliation) {
        printTable(out, reconciliation.comparisons());
        for (PublishedComparison impossible : reconciliation.impossibleComparisons()) {
            out.println("  No records can equal: " + impossible.figure() + " " + impossible.period());
        }
        printContradictions(out, reconciliation.contradictions());
    }

    private static void printTable(PrintStream out, List<PublishedComparison> comparisons) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        comparisons.forEach(comparison -> rows.add(toRow(comparison)));
        int[] widths = IntStream.range(0, HEADER.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> TextWidth.columnsOf(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        out.println();
        out.println("  " + toLine(HEADER, widths));
        out.println("  " + ruleLine(widths));
        Map<String, List<PublishedComparison>> services = comparisons.stream()
                .collect(Collectors.groupingBy(PublishedComparison::service, LinkedHashMap::new, Collectors.toList()));
        services.forEach((service, figures) -> {
            out.println("  " + service);
            figures.forEach(figure -> out.println("  " + toLine(toRow(figure), widths)));
        });
        long comparable =
                comparisons.stream().filter(PublishedComparison::isComparable).count();
        long equal = comparisons.stream()
                .filter(comparison -> comparison.isComparable() && comparison.matches())
                .count();
        out.println();
        out.println("  %d published figures, %d comparable, %d equal".formatted(comparisons.size(), comparable, equal));
    }

    private static void printContradictions(PrintStream out, List<PublishedContradiction> contradictions) {
        if (contradictions.isEmpty()) {
            return;
        }
        out.println();
        out.println("  The published source contradicts itself:");
        contradictions.forEach(contradiction -> out.println("  · " + contradiction.describe()));
    }

    private static List<String> toRow(PublishedComparison comparison) {
        String relation = comparison.relation().equals("=") ? "" : comparison.relation() + " ";
        return List.of(
                INDENT + comparison.figure(),
                comparison.period(),
                relation + formatNumber(comparison.published()),
                comparison.live() == null ? "—" : formatNumber(comparison.live()),
                comparison.live() == null ? "" : formatSigned(comparison.difference()),
                comparison.unit());
    }

    private static String toLine(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = NUMBER_COLUMNS.get(i)
                    ? TextWidth.padLeft(row.get(i), widths[i])
                    : TextWidth.padRight(row.get(i), widths[i]);
            line.append(i == 0 ? "" : "  ").append(cell);
        }
        return line.toString().stripTrailing();
    }

    private static String ruleLine(int[] widths) {
        int[] shown = widths.clone();
        shown[shown.length - 1] = Math.min(shown[shown.length - 1], MAX_UNIT_WIDTH);
        return String.join("  ", IntStream.of(shown).mapToObj("─"::repeat).toList());
    }

    private static String formatNumber(BigDecimal value) {
        return String.format(
                Locale.ROOT, "%,." + Math.max(0, value.stripTrailingZeros().scale()) + "f", value);
    }

    private static String formatSigned(BigDecimal value) {
        return value.signum() == 0 ? "0" : (value.signum() > 0 ? "+" : "") + formatNumber(value);
    }
}
