package org.voyage.indicators.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Cube;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Positions;
import org.voyage.indicators.live.RollUp;
import org.voyage.indicators.live.Tally;

/** A copy of all live figures, and of their roll-ups, at one moment. Taking it copies arrays only, so that nobody waits for long. */
public final class Frozen {

    private final Positions positions;
    private final Map<String, Figure> figures;

    private record Figure(
            Indicator indicator, Cube cube, List<RollUp> rollUps, List<String> columns, List<Dictionary> codes) {}

    private Frozen(Positions positions, Map<String, Figure> figures) {
        this.positions = positions;
        this.figures = figures;
    }

    /** To be called while the cut is valid. */
    public static Frozen of(Cut cut) {
        Map<String, Figure> figures = new TreeMap<>();
        for (Tally tally : cut.tallies()) {
            List<String> columns = new ArrayList<>();
            List<Dictionary> codes = new ArrayList<>();
            for (int i = 0; i < tally.room().length - 1; i++) {
                columns.add(tally.field(i));
                codes.add(cut.dictionary(tally.field(i)));
            }
            figures.put(
                    tally.indicator().code(),
                    new Figure(
                            tally.indicator(), tally.cube().copy(), tally.cube().rolledUp(), columns, codes));
        }
        return new Frozen(cut.positions(), figures);
    }

    public Positions positions() {
        return positions;
    }

    Collection<Indicator> indicators() {
        return figures.values().stream().map(Figure::indicator).toList();
    }

    /** The fields whose codes tell the cells of a figure apart. */
    List<String> columns(String code) {
        return figure(code).columns();
    }

    /** The cells of a figure that do not hold 0. */
    Map<At, Long> cells(String code) {
        Figure figure = figure(code);
        Cube cube = figure.cube();
        Map<At, Long> cells = new HashMap<>();
        for (int cell = 0; cell < cube.size(); cell++) {
            if (cube.amount(cell) != 0) {
                List<String> codes = new ArrayList<>();
                for (int i = 0; i < figure.codes().size(); i++) {
                    codes.add(figure.codes().get(i).text(cube.coordinate(cell, i)));
                }
                cells.merge(new At(List.copyOf(codes), cube.time(cell)), cube.amount(cell), Long::sum);
            }
        }
        return cells;
    }

    /** Compares what questions are answered from instead of the cells with the sums of these. */
    RollUpComparison rollUps(int most) {
        RollUpComparison comparison = new RollUpComparison(most);
        for (Figure figure : figures.values()) {
            comparison.compare(figure.indicator(), figure.cube(), figure.rollUps(), figure.columns(), figure.codes());
        }
        return comparison;
    }

    /** In how many cells it differs from other figures of the same definitions; what only one of both has is no difference. */
    long unlike(Frozen other) {
        long unlike = 0;
        for (String code : figures.keySet()) {
            if (!other.figures.containsKey(code)) {
                continue;
            }
            Map<At, Long> mine = cells(code);
            Map<At, Long> its = other.cells(code);
            Set<At> all = new HashSet<>(mine.keySet());
            all.addAll(its.keySet());
            unlike += all.stream()
                    .filter(at -> !mine.getOrDefault(at, 0L).equals(its.getOrDefault(at, 0L)))
                    .count();
        }
        return unlike;
    }

    /**
     * SHA-256 over one line for each cell, {@code figure TAB code TAB … TAB time TAB amount LF}, figures in the order of
     * their codes, the lines of a figure in the order of their texts.
     */
    String hash() {
        MessageDigest digest = sha256();
        for (String code : figures.keySet()) {
            List<String> lines = new ArrayList<>();
            cells(code)
                    .forEach((at, amount) -> lines.add(
                            code + "\t" + String.join("\t", at.codes()) + "\t" + at.time() + "\t" + amount + "\n"));
            lines.sort(null);
            lines.forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Figure figure(String code) {
        Figure figure = figures.get(code);
        if (figure == null) {
            throw new IllegalArgumentException("no figure " + code);
        }
        return figure;
    }
}
