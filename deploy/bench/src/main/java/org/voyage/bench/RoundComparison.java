package org.voyage.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Comparison of two ways of doing the same work, measured in turn. */
class RoundComparison {

    private final String ours;
    private final String baseline;
    private final String unit;
    private final OptionalDouble aim;
    private final List<double[]> rates = new ArrayList<>();

    /**
     * Creates a comparison with an aim.
     *
     * @param aim the aim as a share of the baseline
     */
    RoundComparison(String ours, String baseline, String unit, double aim) {
        this(ours, baseline, unit, OptionalDouble.of(aim));
    }

    /** Creates a comparison without an aim, for further information. */
    RoundComparison(String ours, String baseline, String unit) {
        this(ours, baseline, unit, OptionalDouble.empty());
    }

    RoundComparison(String ours, String baseline, String unit, OptionalDouble aim) {
        this.ours = ours;
        this.baseline = baseline;
        this.unit = unit;
        this.aim = aim;
    }

    void addRound(double ourRate, double baselineRate) {
        rates.add(new double[] {ourRate, baselineRate});
        System.out.printf(
                Locale.ROOT,
                "round %d: %s %s %s, %s %s %s, ratio %.2f%n",
                rates.size(),
                ours,
                formatRate(ourRate),
                unit,
                baseline,
                formatRate(baselineRate),
                unit,
                ourRate / baselineRate);
    }

    void printRounds() {
        System.out.printf(
                Locale.ROOT,
                "medians: %s %s %s, %s %s %s, ratio %.2f%s%n",
                ours,
                formatRate(ourMedian()),
                unit,
                baseline,
                formatRate(medianOf(rates.stream().map(pair -> pair[1]).toList())),
                unit,
                medianOf(rates.stream().map(pair -> pair[0] / pair[1]).toList()),
                aim.isEmpty() ? "" : String.format(Locale.ROOT, " (aim: %.2f or more)", aim.getAsDouble()));
    }

    double ourMedian() {
        return medianOf(rates.stream().map(pair -> pair[0]).toList());
    }

    private static String formatRate(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.2f" : "%,.0f", rate);
    }

    static double medianOf(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
