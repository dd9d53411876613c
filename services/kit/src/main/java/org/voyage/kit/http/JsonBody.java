package org.voyage.kit.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.StrictJson;

/**
 * The JSON object in a request's body, read strictly ({@link StrictJson}) and not larger than {@link WebConfig#jsonLimit()}.
 * A resource method that takes one never sees a body it cannot read.
 */
@Schema(name = "JsonBody")
public record JsonBody(ObjectNode object) {

    /** Reads the fields of the object. */
    public FieldReader fields() {
        return FieldReader.of(object);
    }
}
