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

/** The table published | live | difference by service, aligned also where names are Chinese. */
final class Report {

    private static final List<String> HEADER = List.of("figure", "period", "published", "live", "difference", "unit");

    /** Numbers stand to the right. */
    private static final List<Boolean> NUMBER = List.of(false, false, true, true, true, false);

    /** Units are read at their beginning; some are long sentences, after which no line needs to be drawn. */
    private static final int UNIT = 15;

    /** Figures stand under their service. */
    private static final String INDENT = "  ";

    private Report() {}

    static void print(PrintStream out, Reconciliation reconciliation) {
        table(out, reconciliation.comparisons());
        for (Comparison impossible : reconciliation.impossible()) {
            out.println("  No records can equal: " + impossible.figure() + " " + impossible.period());
        }
        contradictions(out, reconciliation.contradictions());
    }

    private static void table(PrintStream out, List<Comparison> comparisons) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        comparisons.forEach(comparison -> rows.add(row(comparison)));
        int[] widths = IntStream.range(0, HEADER.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> Width.of(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        out.println();
        out.println("  " + line(HEADER, widths));
        out.println("  " + rule(widths));
        Map<String, List<Comparison>> services = comparisons.stream()
                .collect(Collectors.groupingBy(Comparison::service, LinkedHashMap::new, Collectors.toList()));
        services.forEach((service, figures) -> {
            out.println("  " + service);
            figures.forEach(figure -> out.println("  " + line(row(figure), widths)));
        });
        long comparable = comparisons.stream().filter(Comparison::comparable).count();
        long equal = comparisons.stream()
                .filter(comparison -> comparison.comparable() && comparison.matches())
                .count();
        out.println();
        out.println("  %d published figures, %d comparable, %d equal".formatted(comparisons.size(), comparable, equal));
    }

    private static void contradictions(PrintStream out, List<Contradiction> contradictions) {
        if (contradictions.isEmpty()) {
            return;
        }
        out.println();
        out.println("  The published source contradicts itself:");
        contradictions.forEach(contradiction -> out.println("  · " + contradiction.sentence()));
    }

    private static List<String> row(Comparison comparison) {
        String relation = comparison.relation().equals("=") ? "" : comparison.relation() + " ";
        return List.of(
                INDENT + comparison.figure(),
                comparison.period(),
                relation + number(comparison.published()),
                comparison.live() == null ? "—" : number(comparison.live()),
                comparison.live() == null ? "" : signed(comparison.difference()),
                comparison.unit());
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = NUMBER.get(i) ? Width.right(row.get(i), widths[i]) : Width.left(row.get(i), widths[i]);
            line.append(i == 0 ? "" : "  ").append(cell);
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        int[] shown = widths.clone();
        shown[shown.length - 1] = Math.min(shown[shown.length - 1], UNIT);
        return String.join("  ", IntStream.of(shown).mapToObj("─"::repeat).toList());
    }

    private static String number(BigDecimal value) {
        return String.format(
                Locale.ROOT, "%,." + Math.max(0, value.stripTrailingZeros().scale()) + "f", value);
    }

    private static String signed(BigDecimal value) {
        return value.signum() == 0 ? "0" : (value.signum() > 0 ? "+" : "") + number(value);
    }
}
