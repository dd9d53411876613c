package org.voyage.kit.apidoc;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Factory of small elements of an OpenAPI document. */
public final class OpenApiElements {
    public static final String JSON_TYPE = "application/json";

    /** Name of the schema of one finding: an error or a warning. */
    public static final String FINDING = "Finding";

    private OpenApiElements() {}

    public static Schema ref(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }

    public static Schema text() {
        return of(Schema.SchemaType.STRING);
    }

    public static Schema file() {
        return text().format("binary");
    }

    public static Schema of(Schema.SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }

    public static Schema nullable(Schema schema) {
        return schema.addType(Schema.SchemaType.NULL);
    }

    public static Header header(String description) {
        return OASFactory.createHeader().description(description).schema(text());
    }

    /**
     * Returns JSON content.
     *
     * @param example null if {@link ExamplesOpenApiFilter} adds it
     */
    public static Content json(Schema schema, @Nullable Object example) {
        var media = OASFactory.createMediaType().schema(schema);
        return OASFactory.createContent().addMediaType(JSON_TYPE, example == null ? media : media.example(example));
    }

    public static Parameter headerParameter(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(text());
    }
}
