package org.voyage.kit.apidoc;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Small pieces of an OpenAPI document. */
final class Parts {
    static final String JSON = "application/json";

    private Parts() {}

    static Schema ref(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }

    static Schema text() {
        return of(Schema.SchemaType.STRING);
    }

    static Schema of(Schema.SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }

    static Schema orNull(Schema schema) {
        return schema.addType(Schema.SchemaType.NULL);
    }

    static Header header(String description) {
        return OASFactory.createHeader().description(description).schema(text());
    }

    static Content json(Schema schema, Object example) {
        return OASFactory.createContent()
                .addMediaType(JSON, OASFactory.createMediaType().schema(schema).example(example));
    }

    static Parameter headerParameter(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(text());
    }
}
