package org.voyage.kit.record.apidoc;

import io.smallrye.openapi.api.util.MergeUtil;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Names of one record type. The names replace the placeholders in the operation ids and summaries of {@link
 * org.voyage.kit.record.http.RecordRoutes}.
 *
 * @param replacements from the placeholder to the name
 */
record RecordNames(Map<String, String> replacements) {

    /** {@code .foreign-teacher=foreign teacher}: the English noun, if it is not the last word of the name. */
    private static final String SINGULAR = "voyage.api-document.singular.";

    /** {@code .foreign-teacher=foreign teachers}: the English plural, where it is not the record's name and an s. */
    private static final String PLURAL = "voyage.api-document.plural.";

    /** @param chinese the description of the resource's tag */
    static RecordNames of(RecordContract record, String chinese) {
        String name = record.name();
        String noun = configured(SINGULAR + name, name.substring(name.lastIndexOf('-') + 1));
        String article = "aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ";
        return new RecordNames(Map.of(
                "{Record}",
                record.schemaName(),
                "{a record}",
                article + noun,
                "{records}",
                configured(PLURAL + name, name.replace('-', ' ') + "s"),
                "{记录}",
                chinese));
    }

    private static String configured(String property, String otherwise) {
        return ConfigProvider.getConfig()
                .getOptionalValue(property, String.class)
                .orElse(otherwise);
    }

    /**
     * Adds an operation id and a summary to a list, in front of its other properties as an annotation does. A list that
     * has an id of its own is unchanged.
     */
    Operation addListTitle(Operation list) {
        if (list.getOperationId() != null) {
            return list;
        }
        @Nullable String summary = fillPlaceholders("The {records}, filtered and paged / {记录}列表");
        Operation title = OASFactory.createOperation().summary(summary).operationId(fillPlaceholders("list{Record}s"));
        // Quarkus has set a summary made of the method's name.
        return MergeUtil.mergeObjects(title, list).summary(summary);
    }

    void fill(Operation operation) {
        operation.setOperationId(fillPlaceholders(operation.getOperationId()));
        operation.setSummary(fillPlaceholders(operation.getSummary()));
    }

    private @Nullable String fillPlaceholders(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String filled = text;
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            filled = filled.replace(replacement.getKey(), replacement.getValue());
        }
        return filled;
    }
}
