package org.voyage.kit.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The JSON object in a request's body, read strictly ({@link Json}) and not larger than {@link WebConfig#jsonLimit()}.
 * A resource method that takes one never sees a body it cannot read.
 */
@Schema(name = "JsonBody")
public record JsonBody(ObjectNode object) {

    /** Reads the fields of the object. */
    public FieldReader fields() {
        return FieldReader.of(object);
    }
}
