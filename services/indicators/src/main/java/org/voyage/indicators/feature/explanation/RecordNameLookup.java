package org.voyage.indicators.feature.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.FormField;
import org.voyage.kit.sheet.RecordForm;

/** Lookup of the names of records, such as of schools and standards. Names of persons are in no event. */
@ApplicationScoped
class RecordNameLookup {

    private static final int RETRY_AFTER_SECONDS = 2;

    private final EvidenceHistory evidence;

    RecordNameLookup(EvidenceHistory evidence) {
        this.evidence = evidence;
    }

    /** Names by record and key ({@code province/sourceId}). */
    record RecordNames(Map<String, Map<String, String>> byRecord) {

        @Nullable
        String nameOf(String record, String key) {
            return byRecord.getOrDefault(record, Map.of()).get(key);
        }
    }

    /**
     * Returns the names of these versions, for the provinces that the caller may see.
     *
     * @param versions the version of each key, by record
     * @throws Refusal.Unavailable when the evidence cannot be read
     */
    RecordNames findNames(Map<String, Map<String, Integer>> versions) {
        Map<String, Map<String, String>> names = new HashMap<>();
        try {
            versions.forEach((record, of) ->
                    findNameField(record).ifPresent(field -> names.put(record, evidence.findTexts(record, field, of))));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        return new RecordNames(names);
    }

    private static Optional<String> findNameField(String record) {
        return RecordForm.of(record).fields().stream()
                .filter(field -> !field.personal())
                .map(FormField::name)
                .filter(name -> name.equals("name") || name.equals("title"))
                .findFirst();
    }

    /** Returns the path of a record in its service. */
    static String pathOf(String record, String province, String sourceId) {
        return "/v1/" + RecordForm.of(record).collection() + "/" + province + "/"
                + URLEncoder.encode(sourceId, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
