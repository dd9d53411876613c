package org.voyage.kit.input;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/**
 * A closed set of codes, each standing for a value. Made once and kept in a constant.
 *
 * @param <E> what a code stands for
 */
public final class CodeSet<E> {
    private static final int MAX_LISTED_CODES = 12;
    /** No name is longer. */
    private static final int MAX_WORD_LENGTH = 100;

    private final String noun;
    private final Map<String, E> values;
    private final Map<String, ValidityPeriod> passing;
    private final Map<String, CodeNames.NamedCode> words;
    private final E first;

    private CodeSet(
            String noun,
            Map<String, E> values,
            Map<String, ValidityPeriod> passing,
            Map<String, CodeNames.NamedCode> words) {
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
    public static <E> CodeSet<E> of(String noun, Collection<E> values, Function<E, String> code) {
        var map = new LinkedHashMap<String, E>();
        for (var value : values) {
            map.put(code.apply(value), value);
        }
        return new CodeSet<>(noun, map, Map.of(), Map.of());
    }

    /** Codes of an enum whose wire names are its constants in lower-kebab: {@code SILK_ROAD} is {@code silk-road}. */
    public static <E extends Enum<E>> CodeSet<E> of(String noun, Class<E> type) {
        return of(noun, List.of(type.getEnumConstants()), CodeSet::toKebab);
    }

    /** Codes that stand for themselves, such as countries. */
    public static CodeSet<String> of(String noun, Collection<String> codes) {
        return of(noun, codes, Function.identity());
    }

    /** The same codes, of which some hold on some days only. */
    public CodeSet<E> withValidity(Map<String, ValidityPeriod> validity) {
        return new CodeSet<>(noun, values, Map.copyOf(validity), words);
    }

    /**
     * The same codes, of which is known how else they are written: to say what was meant by a text that is none of them.
     *
     * @param meant each as {@link CellTextParser#fold} makes it; also of codes that exist and are none of these
     */
    public CodeSet<E> withMeanings(Map<String, CodeNames.NamedCode> meant) {
        return new CodeSet<>(noun, values, passing, Map.copyOf(meant));
    }

    /** The wire name of an enum constant: lower-kebab. */
    public static String toKebab(Enum<?> constant) {
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
    ValidityPeriod validity(String code) {
        return passing.get(code);
    }

    private String joinNames(
            List<CodeNames.NamedCode> names, String between, Function<CodeNames.NamedCode, String> named) {
        return values.keySet().stream()
                .filter(code -> !hasEnded(code))
                .map(code -> names.stream()
                        .filter(name -> name.code().equals(code))
                        .findFirst()
                        .map(named)
                        .orElse(code))
                .collect(Collectors.joining(between));
    }

    private List<String> offeredCodes() {
        return values.keySet().stream().filter(known -> !hasEnded(known)).toList();
    }

    private boolean hasEnded(String code) {
        ValidityPeriod its = passing.get(code);
        return its != null && its.hasEnded();
    }

    E first() {
        return first;
    }

    public Finding unknownCode(String pointer, String code) {
        return unknownCode(pointer, code, null, List.of());
    }

    /**
     * @param meant what it may be by its name; heard when no code is like what was written
     * @param names of the codes, to be told with them
     */
    Finding unknownCode(
            String pointer, String code, CodeNames.@Nullable NamedCode meant, List<CodeNames.NamedCode> names) {
        var known = code.length() > MAX_WORD_LENGTH ? null : words.get(CellTextParser.fold(code));
        if (known != null && !values.containsKey(known.code())) {
            return notAllowedHere(pointer, TextFormat.shortenText(code), known);
        }
        // Of three letters one is a third: where several codes are as near, none of them is meant.
        var like = known != null || code.length() > MAX_WORD_LENGTH
                ? null
                : DidYouMean.findOnlyMatch(
                        CellTextParser.fold(code), offeredCodes(), one -> List.of(CellTextParser.fold(one)));
        var named = known != null
                ? known
                : like == null && meant != null && values.containsKey(meant.code()) ? meant : null;
        var nearest = named == null ? like : named.en() + " (" + named.code() + ")";
        var nearestZh = named == null ? like : named.zh() + "（" + named.code() + "）";
        boolean few = values.size() <= MAX_LISTED_CODES;
        var all = few ? " Known: " + joinNames(names, ", ", name -> name.en() + " (" + name.code() + ")") + "." : "";
        var allZh = few ? "可用代码：" + joinNames(names, "、", name -> name.zh() + "（" + name.code() + "）") + "。" : "";
        var shown = TextFormat.shortenText(code);
        return new Finding(
                pointer,
                noun + "-unknown",
                "\"" + shown + "\" is not a known " + noun.replace('-', ' ') + "."
                        + (nearest == null ? all : DidYouMean.hint(nearest)),
                "未知代码“" + shown + "”。" + (nearestZh == null ? allZh : DidYouMean.hintZh(nearestZh)));
    }

    /** What was meant is clear, and cannot be said here. */
    private Finding notAllowedHere(String pointer, String shown, CodeNames.NamedCode meant) {
        return new Finding(
                pointer,
                noun + "-unknown",
                "\"" + shown + "\" is " + meant.en() + " (" + meant.code() + "): a known " + noun.replace('-', ' ')
                        + " that is not allowed here.",
                "“" + shown + "”为 " + meant.zh() + "（" + meant.code() + "），是已知代码，但此处不允许填写。");
    }
}
