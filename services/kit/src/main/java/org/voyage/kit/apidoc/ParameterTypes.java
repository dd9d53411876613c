package org.voyage.kit.apidoc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/**
 * Types of parameters by their names, for parameters that are text in the code. The code reads parameters as text to
 * refuse a wrong one with a finding, and the document gives the type that is taken.
 */
public final class ParameterTypes {

    private static final Supplier<Schema> DATE_TIME =
            () -> OpenApiElements.text().format("date-time");
    private static final Supplier<Schema> DATE = () -> OpenApiElements.text().format("date");
    private static final Supplier<Schema> FLAG = () -> OpenApiElements.of(SchemaType.BOOLEAN);
    private static final Supplier<Schema> TEXTS =
            () -> OpenApiElements.of(SchemaType.ARRAY).items(OpenApiElements.text());
    private static final Supplier<Schema> YEAR = () -> integer(1949, 2100);
    private static final Supplier<Schema> AT_MOST_1000 = () -> integer(1, 1000);
    private static final Supplier<Schema> NUMBER_OF_VERSION = () -> integer(1, Integer.MAX_VALUE);

    private static final Map<String, Supplier<Schema>> IN_PATH = Map.of(
            "province", () -> OpenApiElements.text().pattern("^[0-9]{2}$"),
            "sourceId", () -> OpenApiElements.text().minLength(1).maxLength(120),
            "id", () -> OpenApiElements.text().format("uuid"),
            "year", YEAR,
            "version", NUMBER_OF_VERSION);

    private static final Map<String, Supplier<Schema>> IN_QUERY = Map.ofEntries(
            Map.entry("asOf", DATE_TIME),
            Map.entry("updatedAfter", DATE_TIME),
            Map.entry("from", DATE_TIME),
            Map.entry("to", DATE_TIME),
            Map.entry("startedFrom", DATE),
            Map.entry("startedUntil", DATE),
            Map.entry("publishedOn", DATE),
            Map.entry("withdrawn", FLAG),
            Map.entry("totals", FLAG),
            Map.entry("shares", FLAG),
            Map.entry("healed", FLAG),
            Map.entry("evidence", FLAG),
            Map.entry("differing", FLAG),
            Map.entry("year", YEAR),
            Map.entry("version", NUMBER_OF_VERSION),
            Map.entry("top", AT_MOST_1000),
            Map.entry("limit", () -> integer(1, 1000).defaultValue(100)),
            Map.entry("by", TEXTS),
            Map.entry("list", TEXTS),
            Map.entry("code", TEXTS),
            Map.entry("figure", TEXTS),
            Map.entry("watch", TEXTS),
            Map.entry("mode", () -> words("rows", "all")),
            Map.entry("lang", () -> words("zh", "en", "both")),
            Map.entry("dryRun", () -> words("true", "false", "changes")),
            Map.entry("tried", () -> OpenApiElements.text().format("uuid")),
            Map.entry("severity", () -> words("refuse", "warn")),
            Map.entry("partition", () -> OpenApiElements.text().pattern("^[0-9]{1,2}/[0-9]{1,2}$")),
            Map.entry("reason", () -> OpenApiElements.text().minLength(1).maxLength(500)));

    private ParameterTypes() {}

    /** Gives the parameter its type, and its example as a value of this type. */
    public static void addType(Parameter parameter) {
        Schema declared = parameter.getSchema();
        if (declared == null || isPlainText(declared)) {
            Supplier<Schema> usual = (parameter.getIn() == In.PATH ? IN_PATH : IN_QUERY)
                    .getOrDefault(parameter.getName(), OpenApiElements::text);
            parameter.setSchema(parameter.getIn() == In.HEADER ? OpenApiElements.text() : usual.get());
        } else if (declared.getEnumeration() != null && declared.getType() == null) {
            declared.addType(SchemaType.STRING);
        } else if (declared.getItems() != null && isPlainText(declared.getItems()) && parameter.getIn() == In.QUERY) {
            Schema item = IN_QUERY.getOrDefault(parameter.getName(), OpenApiElements::text)
                    .get();
            declared.setItems(item.getItems() == null ? item : item.getItems());
        }
        if (parameter.getExample() instanceof String example) {
            parameter.setExample(toValue(parameter.getSchema(), example));
        }
    }

    private static boolean isPlainText(Schema schema) {
        return List.of(SchemaType.STRING).equals(schema.getType())
                && schema.getEnumeration() == null
                && schema.getFormat() == null
                && schema.getPattern() == null;
    }

    private static Object toValue(Schema schema, String example) {
        List<SchemaType> types = schema.getType() == null ? List.of() : schema.getType();
        if (types.contains(SchemaType.INTEGER)) {
            return new BigDecimal(example).toBigInteger();
        }
        if (types.contains(SchemaType.BOOLEAN)) {
            return Boolean.valueOf(example);
        }
        if (types.contains(SchemaType.ARRAY)) {
            Schema item = schema.getItems() == null ? OpenApiElements.text() : schema.getItems();
            return List.of(example.split(",")).stream()
                    .map(one -> toValue(item, one))
                    .toList();
        }
        return example;
    }

    public static Schema integer(long least, long most) {
        return OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .minimum(BigDecimal.valueOf(least))
                .maximum(BigDecimal.valueOf(most));
    }

    public static Schema words(String... words) {
        return OpenApiElements.text().enumeration(List.of((Object[]) words));
    }
}
