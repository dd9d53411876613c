package org.voyage.kit.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.reference.ReferenceFile;
import org.voyage.kit.web.CellText;
import org.voyage.kit.web.CodeNames.Named;
import org.voyage.kit.web.Nearest;
import org.voyage.kit.web.Validity;

/** The codes of a file of {@code contracts/reference}, with their names. */
public final class CodeList {
    private static final Map<String, CodeList> LOADED = new ConcurrentHashMap<>();

    private final List<Named> codes;
    private final List<Named> former;
    private final Map<String, Validity> validity;
    private final Map<String, String> byName;
    private final Map<Named, List<String>> folded;
    private final Map<String, Named> others;

    /**
     * @param former codes that ended: still read, no longer offered
     * @param validity of those that do not hold for ever
     * @param others what else people write for codes, folded: never read, only suggested
     */
    CodeList(List<Named> codes, List<Named> former, Map<String, Validity> validity, Map<String, Named> others) {
        this.codes = List.copyOf(codes);
        this.former = List.copyOf(former);
        this.validity = Map.copyOf(validity);
        this.byName = byName(Stream.concat(codes.stream(), former.stream()).toList());
        this.folded = codes.stream().collect(Collectors.toUnmodifiableMap(code -> code, CodeList::folded));
        this.others = Map.copyOf(others);
    }

    /** The list of {@code /contracts/reference/<name>.csv} without the codes that are so special; {@code ""}: all. */
    static CodeList without(String name, String special) {
        return LOADED.computeIfAbsent(
                special.isEmpty() ? name : name + " without " + special, key -> load(name, special));
    }

    public List<Named> codes() {
        return codes;
    }

    /** Codes that ended: for records of their own days. */
    List<Named> former() {
        return former;
    }

    /** The days on which a code holds, as a table shows them; empty if it always does. */
    String holds(Named code) {
        var its = validity.get(code.code());
        if (its == null) {
            return "";
        }
        var from = its.from() == null ? "" : its.from() + " ";
        var until = its.until() == null ? "" : " " + its.until().minusDays(1);
        return from + "–" + until;
    }

    /** Whether some of its codes do not hold for ever. */
    boolean passes() {
        return !validity.isEmpty();
    }

    /** The code with this code or name, however it is spaced or capitalised; null if none or several have it. */
    public @Nullable String code(String text) {
        return byName.get(CellText.fold(text));
    }

    /**
     * The code that is offered and also called so, or under a name like this one; null if none is near enough, or several
     * are.
     */
    @Nullable
    Named nearest(String text) {
        var word = CellText.fold(text);
        var other = others.get(word);
        return other != null && codes.contains(other)
                ? other
                : Nearest.only(word, codes, code -> folded.getOrDefault(code, List.of()));
    }

    private static List<String> folded(Named code) {
        return List.of(CellText.fold(code.zh()), CellText.fold(code.en()));
    }

    private static Map<String, String> byName(List<Named> codes) {
        var byName = new HashMap<String, String>();
        var ambiguous = new HashSet<String>();
        for (var code : codes) {
            for (var word : List.of(code.zh(), code.en())) {
                var folded = CellText.fold(word);
                var other = byName.putIfAbsent(folded, code.code());
                if (other != null && !other.equals(code.code())) {
                    ambiguous.add(folded);
                }
            }
        }
        byName.keySet().removeAll(ambiguous);
        for (var code : codes) {
            // A code always means itself, also behind its name: 泰国（THA）, as templates and messages have it.
            for (var word : List.of(code.code(), behind(code.zh(), code), behind(code.en(), code))) {
                byName.put(CellText.fold(word), code.code());
            }
        }
        return byName;
    }

    private static String behind(String name, Named code) {
        return name + "(" + code.code() + ")";
    }

    private static CodeList load(String name, String without) {
        var validity = ReferenceFile.validity(name);
        var codes = new ArrayList<Named>();
        var former = new ArrayList<Named>();
        for (var row : ReferenceFile.rows(name)) {
            if (without.isEmpty() || !without.equals(row.get("special"))) {
                var its = validity.get(ReferenceFile.code(row));
                (its != null && its.ended() ? former : codes).add(ReferenceFile.named(row));
            }
        }
        ReferenceFile.formerRows(name).forEach(row -> former.add(ReferenceFile.named(row)));
        validity.keySet()
                .retainAll(Stream.concat(codes.stream(), former.stream())
                        .map(Named::code)
                        .toList());
        return new CodeList(codes, former, validity, ReferenceFile.otherNames(name));
    }
}
