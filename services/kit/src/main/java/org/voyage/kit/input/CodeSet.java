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
 * Closed set of codes, each with a value. Made once and kept in a constant.
 *
 * @param <E> value of a code
 */
public final class CodeSet<E> {
    private static final int MAX_LISTED_CODES = 12;
    /** Maximum length of a name. */
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
     * Returns the codes of some values.
     *
     * @param noun lower-kebab name of the codes; the broken rule is called {@code <noun>-unknown}
     * @param code the wire name of a value
     */
    public static <E> CodeSet<E> of(String noun, Collection<E> values, Function<E, String> code) {
        var map = new LinkedHashMap<String, E>();
        for (var value : values) {
            map.put(code.apply(value), value);
        }
        return new CodeSet<>(noun, map, Map.of(), Map.of());
    }

    /**
     * Returns the codes of an enum whose wire names are its constants in lower-kebab: {@code SILK_ROAD} is {@code
     * silk-road}.
     */
    public static <E extends Enum<E>> CodeSet<E> of(String noun, Class<E> type) {
        return of(noun, List.of(type.getEnumConstants()), CodeSet::toKebab);
    }

    /** Returns codes that are their own values, such as countries. */
    public static CodeSet<String> of(String noun, Collection<String> codes) {
        return of(noun, codes, Function.identity());
    }

    /** Returns the same codes, some of which are valid on some days only. */
    public CodeSet<E> withValidity(Map<String, ValidityPeriod> validity) {
        return new CodeSet<>(noun, values, Map.copyOf(validity), words);
    }

    /**
     * Returns the same codes with other names, which are used for suggestions only.
     *
     * @param meant codes by their names, as {@link CellTextParser#fold} makes them; also codes that exist and are not
     *     in this set
     */
    public CodeSet<E> withMeanings(Map<String, CodeNames.NamedCode> meant) {
        return new CodeSet<>(noun, values, passing, Map.copyOf(meant));
    }

    /** Returns the wire name of an enum constant: lower-kebab. */
    public static String toKebab(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public Set<String> codes() {
        return values.keySet();
    }

    /** Returns the value of the code, or null if there is no such code. */
    public @Nullable E find(String code) {
        return values.get(code);
    }

    /** Returns the validity of a code, or null if it is always valid. */
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
        return unknownCode(pointer, code, List.of(), List.of());
    }

    /**
     * Returns the finding about an unknown code.
     *
     * @param meant codes that the text may name; used if no code resembles the text
     * @param names names of the codes, for the text of the finding
     */
    Finding unknownCode(String pointer, String code, List<CodeNames.NamedCode> meant, List<CodeNames.NamedCode> names) {
        var known = code.length() > MAX_WORD_LENGTH ? null : words.get(CellTextParser.fold(code));
        if (known != null && !values.containsKey(known.code())) {
            return disallowedCodeFinding(pointer, TextFormat.shortenText(code), known);
        }
        // One of three letters is a third: if several codes are equally near, none is suggested.
        var like = known != null || code.length() > MAX_WORD_LENGTH
                ? null
                : DidYouMean.findOnlyMatch(
                        CellTextParser.fold(code), offeredCodes(), one -> List.of(CellTextParser.fold(one)));
        var named = known != null
                ? List.of(known)
                : meant.stream()
                        .filter(one -> values.containsKey(one.code()) && !hasEnded(one.code()))
                        .toList();
        var nearest = like != null || named.isEmpty() ? like : CodeNames.NamedCode.join(named);
        var nearestZh = like != null || named.isEmpty() ? like : CodeNames.NamedCode.joinZh(named);
        boolean few = values.size() <= MAX_LISTED_CODES;
        var all = few ? " Known: " + joinNames(names, ", ", CodeNames.NamedCode::shown) + "." : "";
        var allZh = few ? "可用代码：" + joinNames(names, "、", CodeNames.NamedCode::shownZh) + "。" : "";
        var shown = TextFormat.shortenText(code);
        return new Finding(
                pointer,
                noun + "-unknown",
                "\"" + shown + "\" is not a known " + noun.replace('-', ' ') + "."
                        + (nearest == null ? all : DidYouMean.hint(nearest)),
                "未知代码“" + shown + "”。" + (nearestZh == null ? allZh : DidYouMean.hintZh(nearestZh)));
    }

    /** Returns the finding about a text that names a code which this field does not allow. */
    private Finding disallowedCodeFinding(String pointer, String shown, CodeNames.NamedCode meant) {
        return new Finding(
                pointer,
                noun + "-unknown",
                "\"" + shown + "\" is " + meant.shown() + ": a known " + noun.replace('-', ' ')
                        + " that is not allowed here.",
                "“" + shown + "”为 " + meant.shownZh() + "，是已知代码，但此处不允许填写。");
    }
}
