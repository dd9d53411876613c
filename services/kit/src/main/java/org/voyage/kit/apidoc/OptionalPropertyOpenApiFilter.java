package org.voyage.kit.apidoc;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.smallrye.openapi.api.util.FilterUtil;
import io.smallrye.openapi.api.util.UnusedSchemaFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * OpenAPI filter for properties that may be null or absent. Both follow from the code of the response: a component with
 * {@code @Nullable} may be null, and one with {@code @JsonInclude} is absent instead. All other properties are required.
 * The filter also writes simple types in place and removes schemas that no operation uses.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 50)
public class OptionalPropertyOpenApiFilter implements OASFilter {
    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    private static final DotName JSON_INCLUDE = DotName.createSimple(JsonInclude.class);
    private static final DotName JSON_PROPERTY = DotName.createSimple(JsonProperty.class);
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);

    private static final String SCHEMA_PREFIX = "#/components/schemas/";

    /** Java types that are texts with a format, and need no schema of their own. */
    private static final Map<String, String> FORMATS =
            Map.of("Instant", "date-time", "LocalDate", "date", "UUID", "uuid");

    private final IndexView index;

    public OptionalPropertyOpenApiFilter(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null || document.getComponents().getSchemas() == null) {
            return;
        }
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        for (ClassInfo type : index.getKnownClasses()) {
            if (type.isRecord()) {
                Optional.ofNullable(schemas.get(schemaNameOf(type)))
                        .filter(schema -> describesRecord(schema, type))
                        .ifPresent(schema -> addPresence(type, schema));
            }
        }
        FORMATS.keySet().forEach(document.getComponents()::removeSchema);
        document.getComponents().getSchemas().values().forEach(OptionalPropertyOpenApiFilter::inlineFormats);
        removeUnusedSchemas(document);
    }

    private static String schemaNameOf(ClassInfo type) {
        @Nullable AnnotationInstance schema = type.declaredAnnotation(SCHEMA);
        @Nullable AnnotationValue name = schema == null ? null : schema.value("name");
        return name == null ? type.simpleName() : name.asString();
    }

    /** Returns whether the schema has exactly the components of the record. */
    private static boolean describesRecord(Schema schema, ClassInfo type) {
        Set<String> names = new HashSet<>();
        type.recordComponents().forEach(component -> names.add(nameOf(type.field(component.name()))));
        return schema.getProperties() != null && schema.getProperties().keySet().equals(names);
    }

    private static String nameOf(FieldInfo field) {
        @Nullable AnnotationInstance property = field.annotation(JSON_PROPERTY);
        @Nullable AnnotationValue name = property == null ? null : property.value();
        return name == null || name.asString().isEmpty() ? field.name() : name.asString();
    }

    private static void addPresence(ClassInfo type, Schema schema) {
        List<String> present = new ArrayList<>();
        type.recordComponents().forEach(component -> {
            FieldInfo field = type.field(component.name());
            String name = nameOf(field);
            boolean nullable = field.type().hasAnnotation(NULLABLE);
            boolean omitted = isOmitted(field, nullable) || nullable && isOmitted(type);
            if (!omitted) {
                present.add(name);
            }
            Schema property = Objects.requireNonNull(schema.getProperties().get(name), name);
            schema.addProperty(name, withNull(property, nullable && !omitted));
        });
        if (schema.getRequired() == null && !present.isEmpty()) {
            schema.setRequired(present);
        }
    }

    private static boolean isOmitted(FieldInfo field, boolean nullable) {
        return switch (inclusionOf(field.annotation(JSON_INCLUDE))) {
            case NON_EMPTY -> true;
            case NON_NULL -> nullable;
            default -> false;
        };
    }

    private static boolean isOmitted(ClassInfo type) {
        return inclusionOf(type.declaredAnnotation(JSON_INCLUDE)) != JsonInclude.Include.ALWAYS;
    }

    private static JsonInclude.Include inclusionOf(@Nullable AnnotationInstance annotation) {
        @Nullable AnnotationValue value = annotation == null ? null : annotation.value();
        return value == null ? JsonInclude.Include.ALWAYS : JsonInclude.Include.valueOf(value.asEnum());
    }

    /** Returns the property with or without null. SmallRye forgets the null of some references to named schemas. */
    private static Schema withNull(Schema property, boolean nullable) {
        Optional<Schema> reference = Optional.ofNullable(property.getAnyOf()).stream()
                .flatMap(List::stream)
                .filter(choice -> choice.getRef() != null)
                .findFirst();
        if (reference.isPresent() || property.getRef() != null) {
            String target = reference.map(Schema::getRef).orElseGet(property::getRef);
            Schema named = OASFactory.createSchema().ref(target);
            if (!nullable) {
                return named.description(property.getDescription());
            }
            return OASFactory.createSchema()
                    .description(property.getDescription())
                    .anyOf(List.of(named, OpenApiElements.of(SchemaType.NULL)));
        }
        List<SchemaType> types =
                new ArrayList<>(Optional.ofNullable(property.getType()).orElse(List.of()));
        types.remove(SchemaType.NULL);
        if (nullable && !types.isEmpty()) {
            types.add(SchemaType.NULL);
        }
        return types.isEmpty() ? property : property.type(types);
    }

    private static void inlineFormats(Schema schema) {
        if (schema.getRef() != null) {
            @Nullable String format = FORMATS.get(schema.getRef().replace(SCHEMA_PREFIX, ""));
            if (format != null) {
                schema.ref(null).addType(SchemaType.STRING).format(format);
            }
        }
        Optional.ofNullable(schema.getProperties())
                .ifPresent(all -> all.values().forEach(OptionalPropertyOpenApiFilter::inlineFormats));
        Optional.ofNullable(schema.getItems()).ifPresent(OptionalPropertyOpenApiFilter::inlineFormats);
        Optional.ofNullable(schema.getAdditionalPropertiesSchema())
                .ifPresent(OptionalPropertyOpenApiFilter::inlineFormats);
        Optional.ofNullable(schema.getAnyOf()).ifPresent(choices -> {
            choices.forEach(OptionalPropertyOpenApiFilter::inlineFormats);
            mergeNullableFormat(schema, choices);
        });
    }

    /** Writes a choice of a format and null as one type. */
    private static void mergeNullableFormat(Schema schema, List<Schema> choices) {
        choices.stream()
                .filter(choice -> FORMATS.containsValue(
                        Optional.ofNullable(choice.getFormat()).orElse("")))
                .map(Schema::getFormat)
                .findFirst()
                .ifPresent(format -> schema.anyOf(null)
                        .type(new ArrayList<>(List.of(SchemaType.STRING, SchemaType.NULL)))
                        .format(format));
    }

    private static void removeUnusedSchemas(OpenAPI document) {
        List<Schema> contents = new ArrayList<>();
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(item -> item.getOperations()
                        .values()
                        .forEach(operation -> operation.getResponses().getAPIResponses().values().stream()
                                .filter(answer -> answer.getContent() != null)
                                .flatMap(answer -> answer.getContent().getMediaTypes().values().stream())
                                .filter(media -> media.getSchema() != null
                                        && media.getSchema().getContentSchema() != null)
                                .forEach(media -> contents.add(media.getSchema()))));
        // The filter does not look into the content of texts.
        contents.forEach(text -> text.setAnyOf(new ArrayList<>(List.of(text.getContentSchema()))));
        FilterUtil.applyFilter(new UnusedSchemaFilter(), document);
        contents.forEach(text -> text.setAnyOf(null));
    }
}
