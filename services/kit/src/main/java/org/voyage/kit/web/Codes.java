package org.voyage.kit.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A closed set of codes, each standing for a value. Made once and kept in a constant.
 *
 * @param <E> what a code stands for
 */
public final class Codes<E> {
    private static final int LISTED = 12;

    private final String noun;
    private final Map<String, E> values;
    private final Map<String, Validity> passing;
    private final E first;

    private Codes(String noun, Map<String, E> values, Map<String, Validity> passing) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(noun + ": a code set needs a code");
        }
        this.noun = noun;
        this.values = values;
        this.passing = passing;
        this.first = values.values().iterator().next();
    }

    /**
     * @param noun lower-kebab name of what the codes are; the broken rule is called {@code <noun>-unknown}
     * @param code the wire name of a value
     */
    public static <E> Codes<E> of(String noun, Collection<E> values, Function<E, String> code) {
        var map = new LinkedHashMap<String, E>();
        for (var value : values) {
            map.put(code.apply(value), value);
        }
        return new Codes<>(noun, map, Map.of());
    }

    /** Codes of an enum whose wire names are its constants in lower-kebab: {@code SILK_ROAD} is {@code silk-road}. */
    public static <E extends Enum<E>> Codes<E> of(String noun, Class<E> type) {
        return of(noun, java.util.List.of(type.getEnumConstants()), Codes::kebab);
    }

    /** Codes that stand for themselves, such as countries. */
    public static Codes<String> of(String noun, Collection<String> codes) {
        return of(noun, codes, Function.identity());
    }

    /** The same codes, of which some hold on some days only. */
    public Codes<E> passing(Map<String, Validity> validity) {
        return new Codes<>(noun, values, Map.copyOf(validity));
    }

    /** The wire name of an enum constant: lower-kebab. */
    public static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public Set<String> codes() {
        return values.keySet();
    }

    /** What the code stands for, or null if there is no such code. */
    public @Nullable E find(String code) {
        return values.get(code);
    }

    /** The days on which a code holds, or null if it always does. */
    @Nullable
    Validity validity(String code) {
        return passing.get(code);
    }

    E first() {
        return first;
    }

    Finding unknown(String pointer, String code) {
        return unknown(pointer, code, null);
    }

    /** @param meant what it may be by its name; heard when no code is like what was written */
    Finding unknown(String pointer, String code, CodeNames.@Nullable Named meant) {
        var like = Nearest.to(
                code,
                values.keySet().stream()
                        .filter(known -> !passing.containsKey(known))
                        .toList());
        var named = like == null && meant != null && values.containsKey(meant.code()) ? meant : null;
        var nearest = named == null ? like : named.en() + " (" + named.code() + ")";
        var nearestZh = named == null ? like : named.zh() + "（" + named.code() + "）";
        var known = values.size() <= LISTED ? " Known: " + String.join(", ", values.keySet()) + "." : "";
        var knownZh = values.size() <= LISTED ? "可用代码：" + String.join("、", values.keySet()) + "。" : "";
        var shown = Shape.shorten(code);
        return new Finding(
                pointer,
                noun + "-unknown",
                "\"" + shown + "\" is not a known " + noun.replace('-', ' ') + "."
                        + (nearest == null ? known : Nearest.hint(nearest)),
                "未知代码“" + shown + "”。" + (nearestZh == null ? knownZh : Nearest.hintZh(nearestZh)));
    }
}
