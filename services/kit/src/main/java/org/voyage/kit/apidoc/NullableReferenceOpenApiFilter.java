package org.voyage.kit.apidoc;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Adds {@code null} to the type of a nullable property that refers to a named schema. SmallRye omits it for the first
 * property that uses the schema. The first property depends on the names of the classes, and a document must not.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 400)
public class NullableReferenceOpenApiFilter implements OASFilter {

    /** Schemas of properties that the contract describes without {@code null}, although an answer can hold it. */
    private static final Set<String> WITHOUT_NULL = Set.of("Release", "WithdrawalAnswer");

    @Override
    public Schema filterSchema(Schema schema) {
        List<Schema> choices = schema.getAnyOf();
        List<SchemaType> types = schema.getType();
        if (choices != null
                && types != null
                && types.contains(SchemaType.OBJECT)
                && choices.stream().anyMatch(NullableReferenceOpenApiFilter::isNull)) {
            boolean omitted = choices.stream().anyMatch(NullableReferenceOpenApiFilter::isWithoutNull);
            schema.setType(omitted ? List.of(SchemaType.OBJECT) : List.of(SchemaType.OBJECT, SchemaType.NULL));
        }
        return schema;
    }

    private static boolean isNull(Schema choice) {
        return List.of(SchemaType.NULL).equals(choice.getType());
    }

    private static boolean isWithoutNull(Schema choice) {
        return choice.getRef() != null
                && WITHOUT_NULL.contains(
                        choice.getRef().substring(choice.getRef().lastIndexOf('/') + 1));
    }
}
