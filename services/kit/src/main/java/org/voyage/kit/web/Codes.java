package org.voyage.kit.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A closed set of codes, each standing for a value. Made once and kept in a constant.
 *
 * @param <E> what a code stands for
 */
public final class Codes<E> {
    private static final int LISTED = 12;
    /** No name is longer. */
    private static final int LONGEST_WORD = 100;

    private final String noun;
    private final Map<String, E> values;
    private final Map<String, Validity> passing;
    private final Map<String, CodeNames.Named> words;
    private final E first;

    private Codes(
            String noun, Map<String, E> values, Map<String, Validity> passing, Map<String, CodeNames.Named> words) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(noun + ": a code set needs a code");
        }
        this.noun = noun;
        this.values = values;
        this.passing = passing;
        this.words = words;
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
        return new Codes<>(noun, map, Map.of(), Map.of());
    }

    /** Codes of an enum whose wire names are its constants in lower-kebab: {@code SILK_ROAD} is {@code silk-road}. */
    public static <E extends Enum<E>> Codes<E> of(String noun, Class<E> type) {
        return of(noun, List.of(type.getEnumConstants()), Codes::kebab);
    }

    /** Codes that stand for themselves, such as countries. */
    public static Codes<String> of(String noun, Collection<String> codes) {
        return of(noun, codes, Function.identity());
    }

    /** The same codes, of which some hold on some days only. */
    public Codes<E> passing(Map<String, Validity> validity) {
        return new Codes<>(noun, values, Map.copyOf(validity), words);
    }

    /**
     * The same codes, of which is known how else they are written: to say what was meant by a text that is none of them.
     *
     * @param meant each as {@link CellText#fold} makes it; also of codes that exist and are none of these
     */
    public Codes<E> meaning(Map<String, CodeNames.Named> meant) {
        return new Codes<>(noun, values, passing, Map.copyOf(meant));
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

    private String listed(List<CodeNames.Named> names, String between, Function<CodeNames.Named, String> named) {
        return values.keySet().stream()
                .filter(code -> !ended(code))
                .map(code -> names.stream()
                        .filter(name -> name.code().equals(code))
                        .findFirst()
                        .map(named)
                        .orElse(code))
                .collect(Collectors.joining(between));
    }

    private List<String> offered() {
        return values.keySet().stream().filter(known -> !ended(known)).toList();
    }

    private boolean ended(String code) {
        Validity its = passing.get(code);
        return its != null && its.ended();
    }

    E first() {
        return first;
    }

    Finding unknown(String pointer, String code) {
        return unknown(pointer, code, null, List.of());
    }

    /**
     * @param meant what it may be by its name; heard when no code is like what was written
     * @param names of the codes, to be told with them
     */
    Finding unknown(String pointer, String code, CodeNames.@Nullable Named meant, List<CodeNames.Named> names) {
        var known = code.length() > LONGEST_WORD ? null : words.get(CellText.fold(code));
        if (known != null && !values.containsKey(known.code())) {
            return notHere(pointer, Shape.shorten(code), known);
        }
        // Of three letters one is a third: where several codes are as near, none of them is meant.
        var like = known != null || code.length() > LONGEST_WORD
                ? null
                : Nearest.only(CellText.fold(code), offered(), one -> List.of(CellText.fold(one)));
        var named = known != null
                ? known
                : like == null && meant != null && values.containsKey(meant.code()) ? meant : null;
        var nearest = named == null ? like : named.en() + " (" + named.code() + ")";
        var nearestZh = named == null ? like : named.zh() + "（" + named.code() + "）";
        boolean few = values.size() <= LISTED;
        var all = few ? " Known: " + listed(names, ", ", name -> name.en() + " (" + name.code() + ")") + "." : "";
        var allZh = few ? "可用代码：" + listed(names, "、", name -> name.zh() + "（" + name.code() + "）") + "。" : "";
        var shown = Shape.shorten(code);
        return new Finding(
                pointer,
                noun + "-unknown",
                "\"" + shown + "\" is not a known " + noun.replace('-', ' ') + "."
                        + (nearest == null ? all : Nearest.hint(nearest)),
                "未知代码“" + shown + "”。" + (nearestZh == null ? allZh : Nearest.hintZh(nearestZh)));
    }

    /** What was meant is clear, and cannot be said here. */
    private Finding notHere(String pointer, String shown, CodeNames.Named meant) {
        return new Finding(
                pointer,
                noun + "-unknown",
                "\"" + shown + "\" is " + meant.en() + " (" + meant.code() + "): a known " + noun.replace('-', ' ')
                        + " that is not allowed here.",
                "“" + shown + "”为 " + meant.zh() + "（" + meant.code() + "），是已知代码，但此处不允许填写。");
    }
}
