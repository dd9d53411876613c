package org.voyage.indicators.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Cube;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Positions;
import org.voyage.indicators.live.Tally;

/** All live figures, and their roll-ups, as they were at one moment; nobody waits for them to be taken. */
public final class Frozen {

    private final Cut cut;
    private final Map<String, Tally> figures = new TreeMap<>();

    private Frozen(Cut cut) {
        this.cut = cut;
        cut.tallies().forEach(tally -> figures.put(tally.indicator().code(), tally));
    }

    public static Frozen of(LiveFigures live) {
        return new Frozen(live.freeze());
    }

    public Positions positions() {
        return cut.positions();
    }

    /** To ask what is asked of the live figures. */
    Cut cut() {
        return cut;
    }

    Collection<Indicator> indicators() {
        return figures.values().stream().map(Tally::indicator).toList();
    }

    /** The fields whose codes tell the cells of a figure apart. */
    List<String> columns(String code) {
        Tally figure = figure(code);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < figure.room().length - 1; i++) {
            columns.add(figure.field(i));
        }
        return columns;
    }

    /** The cells of a figure that do not hold 0. */
    Map<At, Long> cells(String code) {
        Cube cube = figure(code).cube();
        List<Dictionary> texts = texts(code);
        Map<At, Long> cells = new HashMap<>();
        for (int cell = 0; cell < cube.size(); cell++) {
            if (cube.amount(cell) != 0) {
                List<String> codes = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    codes.add(texts.get(i).text(cube.coordinate(cell, i)));
                }
                cells.merge(new At(List.copyOf(codes), cube.time(cell)), cube.amount(cell), Long::sum);
            }
        }
        return cells;
    }

    /** The first year in which a cell of a figure does not hold 0. */
    OptionalInt firstYear(Indicator indicator) {
        Cube cube = figure(indicator.code()).cube();
        OptionalInt first = IntStream.range(0, cube.size())
                .filter(cell -> cube.amount(cell) != 0)
                .map(cube::time)
                .min();
        return indicator.isKnownByYearOnly() || first.isEmpty()
                ? first
                : OptionalInt.of(LocalDate.ofEpochDay(first.getAsInt()).getYear());
    }

    /** Compares what questions are answered from instead of the cells with the sums of these. */
    RollUpComparison rollUps(int most) {
        RollUpComparison comparison = new RollUpComparison(most);
        figures.forEach((code, figure) -> comparison.compare(
                figure.indicator(), figure.cube(), figure.cube().rolledUp(), columns(code), texts(code)));
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

    /** What the codes of each column are called. */
    private List<Dictionary> texts(String code) {
        return columns(code).stream().map(cut::dictionary).toList();
    }

    private Tally figure(String code) {
        Tally figure = figures.get(code);
        if (figure == null) {
            throw new IllegalArgumentException("no figure " + code);
        }
        return figure;
    }
}
