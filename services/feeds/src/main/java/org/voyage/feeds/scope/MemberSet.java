package org.voyage.feeds.scope;

import java.util.Collections;
import java.util.Set;
import org.voyage.feeds.record.PartnerName;
import org.voyage.feeds.record.RecordDimensions;

/**
 * Members of an alliance on one day, as records can name them.
 *
 * @param colleges 10-digit school codes
 * @param partners names as written, folded by {@link #foldName}, with the country
 */
public record MemberSet(Set<String> colleges, Set<PartnerName> partners) {

    /** Returns whether a member takes part in the record. */
    public boolean includes(RecordDimensions record) {
        return !Collections.disjoint(colleges, record.colleges())
                || record.partners().stream()
                        .anyMatch(each -> partners.contains(new PartnerName(foldName(each.name()), each.country())));
    }

    /** Returns the name without differences of case, width, spaces and punctuation. */
    public static String foldName(String name) {
        return java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKC)
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[\\p{Z}\\p{P}]+", "");
    }
}
