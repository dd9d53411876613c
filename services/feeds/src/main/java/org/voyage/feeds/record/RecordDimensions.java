package org.voyage.feeds.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a record decides who may see it.
 *
 * @param countries host country, country of the recognition, or countries of the foreign partners; empty for a standard
 * @param colleges 10-digit school codes; of a recognition those of its standard
 * @param partners foreign partners as written
 * @param brand of an overseas school, else null
 */
public record RecordDimensions(
        FeedRecord record,
        String province,
        Set<String> countries,
        Set<String> colleges,
        Set<PartnerName> partners,
        @Nullable String brand) {

    /**
     * Reads the dimensions of a state.
     *
     * @param state as the record's event has it
     * @param parent state of the standard of a recognition, else null
     */
    public static RecordDimensions of(FeedRecord record, String province, JsonNode state, @Nullable JsonNode parent) {
        Set<String> countries = new TreeSet<>();
        Set<PartnerName> partners = new java.util.LinkedHashSet<>();
        for (JsonNode partner : state.path("foreignPartners")) {
            partners.add(new PartnerName(
                    partner.path("name").asText(), partner.path("country").asText()));
        }
        record.countryField()
                .ifPresentOrElse(
                        field -> addTexts(state.path(field), countries),
                        () -> partners.forEach(partner -> countries.add(partner.country())));
        Set<String> colleges = new TreeSet<>();
        record.collegeField().ifPresent(field -> addTexts(state.path(field), colleges));
        if (parent != null) {
            addTexts(parent.path("developingColleges"), colleges);
        }
        return new RecordDimensions(
                record,
                province,
                countries,
                colleges,
                partners,
                state.hasNonNull("brand") ? state.path("brand").asText() : null);
    }

    private static void addTexts(JsonNode value, Set<String> to) {
        if (value.isTextual()) {
            to.add(value.asText());
        }
        value.forEach(each -> to.add(each.asText()));
    }
}
