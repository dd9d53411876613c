package org.voyage.kit.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.Set;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.reference.CodeListFile;

/**
 * Province-level unit that sends records: the first two digits of GB/T 2260 for the 31 of them, {@code 66} for the
 * Xinjiang Production and Construction Corps (新疆生产建设兵团).
 */
public record Province(@JsonValue String code) implements Comparable<Province> {
    private static final Set<String> CODES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "66");

    /** @throws IllegalArgumentException if no such province sends records */
    public Province {
        if (!CODES.contains(code)) {
            throw new IllegalArgumentException("not a province that sends records");
        }
    }

    /** @throws IllegalArgumentException if no such province sends records */
    public static Province of(String code) {
        return new Province(code);
    }

    public static Optional<Province> find(String code) {
        return CODES.contains(code) ? Optional.of(new Province(code)) : Optional.empty();
    }

    /**
     * Returns the province in a path.
     *
     * @throws Refusal.NotFound if there is no such province: nothing can be under it; the finding suggests the code that
     *     a name means
     */
    public static Province fromPath(String code) {
        return find(code).orElseThrow(() -> new Refusal.NotFound(unknownProvince("{province}", code)));
    }

    private static Finding unknownProvince(String pointer, String code) {
        Finding unknown = CodeListFile.codes("province", "provinces", row -> "true".equals(row.get("sends")))
                .unknownCode(pointer, code);
        return new Finding(
                pointer,
                "province-unknown",
                unknown.detail() + " A province is two digits of GB/T 2260, such as 12.",
                unknown.detailZh() + "省级代码为 GB/T 2260 前两位，例如 12。");
    }

    /** Returns the codes of all provinces that send records. */
    public static Set<String> codes() {
        return CODES;
    }

    @Override
    public int compareTo(Province other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
