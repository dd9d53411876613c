package org.voyage.kit.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CellTextParser;
import org.voyage.kit.input.CodeNames.NamedCode;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.input.ValidityPeriod;
import org.voyage.kit.reference.CodeListFile;

/** Code list of a file of {@code contracts/reference}, with the names of its codes. */
public final class NamedCodeList {
    /** List without codes. */
    public static final NamedCodeList EMPTY =
            new NamedCodeList(List.of(), List.of(), Map.of(), Map.of(), Map.of(), false);

    private static final Map<String, NamedCodeList> LISTS_BY_NAME = new ConcurrentHashMap<>();

    private static final int MAX_CANDIDATES = 3;
    private static final Pattern ABBREVIATION = Pattern.compile("(?:[a-z]\\.?){1,3}");
    /** Two Chinese characters or more that deny nothing: 非学历生 is no kind of 学历生. */
    private static final Pattern NAME_PART = Pattern.compile("(?![非不未无])\\p{IsHan}{2,}");

    private final List<NamedCode> codes;
    private final List<NamedCode> former;
    private final Map<String, ValidityPeriod> validity;
    private final Map<String, String> byName;
    private final Map<NamedCode, List<String>> folded;
    private final Map<String, NamedCode> otherNames;
    private final Map<String, NamedCode> readNames;
    private final boolean readsParts;

    /**
     * @param former ended codes: still read, no longer offered
     * @param validity of codes with limited validity
     * @param others other texts that people write for codes, folded, for suggestions
     * @param read those of them that are read with a warning
     * @param readsParts whether a part of a single Chinese name is read with a warning, too
     */
    NamedCodeList(
            List<NamedCode> codes,
            List<NamedCode> former,
            Map<String, ValidityPeriod> validity,
            Map<String, NamedCode> others,
            Map<String, NamedCode> read,
            boolean readsParts) {
        this.codes = List.copyOf(codes);
        this.former = List.copyOf(former);
        this.validity = Map.copyOf(validity);
        this.byName = indexByName(Stream.concat(codes.stream(), former.stream()).toList());
        this.folded = Stream.concat(codes.stream(), former.stream())
                .distinct()
                .collect(Collectors.toUnmodifiableMap(code -> code, NamedCodeList::foldedNames));
        this.otherNames = Map.copyOf(others);
        this.readNames = Map.copyOf(read);
        this.readsParts = readsParts;
    }

    /**
     * Loads the list of {@code /contracts/reference/<name>.csv} without the codes that are so special; {@code ""}: all.
     */
    static NamedCodeList loadWithout(String name, String special) {
        return LISTS_BY_NAME.computeIfAbsent(
                special.isEmpty() ? name : name + " without " + special, key -> loadList(name, special));
    }

    public List<NamedCode> codes() {
        return codes;
    }

    /** Returns the ended codes, for records of their own days. */
    List<NamedCode> formerCodes() {
        return former;
    }

    /** Returns the validity of a code for a table; empty if it is always valid. */
    String validityText(NamedCode code) {
        var its = validity.get(code.code());
        if (its == null) {
            return "";
        }
        var from = its.from() == null ? "" : its.from() + " ";
        var until = its.until() == null ? "" : " " + its.until().minusDays(1);
        return from + "–" + until;
    }

    /** Returns whether some codes have limited validity. */
    boolean hasTemporaryCodes() {
        return !validity.isEmpty();
    }

    /** Returns the code with this code or name, in any spacing and case; null if none or several have it. */
    public @Nullable String findCode(String text) {
        return byName.get(CellTextParser.fold(text));
    }

    /** Returns the code with this name or former name; null if none or several have it. */
    @Nullable
    NamedCode findNamed(String text) {
        var code = findCode(text);
        return code == null
                ? findByOtherName(text)
                : folded.keySet().stream()
                        .filter(one -> one.code().equals(code))
                        .findFirst()
                        .orElse(null);
    }

    /**
     * Returns the offered code that the text means, though it is not its name: one of the list's other names, or a part
     * of the Chinese name of one code only (蒙古, 香港, 高职). Null if no code or several are meant. Abbreviations of
     * three Latin letters are left to people: {@code ROC} and {@code COG} are two countries.
     */
    @Nullable
    NamedCode findByOtherName(String text) {
        var word = CellTextParser.fold(text);
        var other = readNames.get(word);
        if (other != null) {
            return ABBREVIATION.matcher(word).matches() || !codes.contains(other) ? null : other;
        }
        if (!readsParts
                || otherNames.containsKey(word)
                || !NAME_PART.matcher(word).matches()) {
            return null;
        }
        var having = codes.stream()
                .filter(code -> CellTextParser.fold(code.zh()).contains(word))
                .limit(2)
                .toList();
        return having.size() == 1 ? having.getFirst() : null;
    }

    /** Returns the offered code with this or a similar name; null if none is near enough, or several are. */
    @Nullable
    NamedCode findNearest(String text) {
        var word = CellTextParser.fold(text);
        var other = otherNames.get(word);
        return other != null && codes.contains(other) ? other : DidYouMean.findOnlyMatch(word, codes, this::namesOf);
    }

    /**
     * Returns the few codes that a text may mean: one of the list's other names, those whose name contains it or is contained
     * in it, or the nearest one; empty if too many contain it. Ended codes are among them.
     */
    List<NamedCode> findCandidates(String text) {
        var word = CellTextParser.fold(text);
        if (word.length() < 2) {
            return List.of();
        }
        var near = otherNames.containsKey(word)
                ? List.<NamedCode>of()
                : Stream.concat(codes.stream(), former.stream())
                        .filter(code -> isPartOf(word, namesOf(code).getFirst()))
                        .limit(MAX_CANDIDATES + 1L)
                        .toList();
        if (near.size() > MAX_CANDIDATES) {
            return List.of();
        }
        var nearest = near.isEmpty() ? findNearest(text) : null;
        return nearest == null ? near : List.of(nearest);
    }

    private static boolean isPartOf(String word, String name) {
        return name.contains(word) || word.contains(name);
    }

    private List<String> namesOf(NamedCode code) {
        return Objects.requireNonNull(folded.get(code));
    }

    private static List<String> foldedNames(NamedCode code) {
        return List.of(CellTextParser.fold(code.zh()), CellTextParser.fold(code.en()));
    }

    private static Map<String, String> indexByName(List<NamedCode> codes) {
        var byName = new HashMap<String, String>();
        var ambiguous = new HashSet<String>();
        for (var code : codes) {
            for (var word : List.of(code.zh(), code.en())) {
                var folded = CellTextParser.fold(word);
                var other = byName.putIfAbsent(folded, code.code());
                if (other != null && !other.equals(code.code())) {
                    ambiguous.add(folded);
                }
            }
        }
        byName.keySet().removeAll(ambiguous);
        for (var code : codes) {
            // A code always means itself, also behind its name: 泰国（THA）, as templates and messages have it.
            for (var word : List.of(
                    code.code(),
                    nameWithCode(code.zh(), code),
                    nameWithCode(code.en(), code),
                    code.code() + code.zh(),
                    code.zh() + code.code())) {
                byName.put(CellTextParser.fold(word), code.code());
            }
        }
        return byName;
    }

    private static String nameWithCode(String name, NamedCode code) {
        return name + "(" + code.code() + ")";
    }

    private static NamedCodeList loadList(String name, String without) {
        var validity = CodeListFile.validityByCode(name);
        var codes = new ArrayList<NamedCode>();
        var former = new ArrayList<NamedCode>();
        for (var row : CodeListFile.readRows(name)) {
            if (without.isEmpty() || !without.equals(row.get("special"))) {
                var its = validity.get(CodeListFile.codeOf(row));
                (its != null && its.hasEnded() ? former : codes).add(CodeListFile.toNamedCode(row));
            }
        }
        CodeListFile.readFormerRows(name).forEach(row -> former.add(CodeListFile.toNamedCode(row)));
        validity.keySet()
                .retainAll(Stream.concat(codes.stream(), former.stream())
                        .map(NamedCode::code)
                        .toList());
        return new NamedCodeList(
                codes,
                former,
                validity,
                CodeListFile.codesByOtherName(name, CodeListFile.NameUse.SUGGEST),
                CodeListFile.codesByOtherName(name, CodeListFile.NameUse.READ),
                true);
    }
}
