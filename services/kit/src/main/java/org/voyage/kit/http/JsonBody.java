package org.voyage.kit.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.StrictJson;

/**
 * JSON object in a request's body, read strictly ({@link StrictJson}) and not larger than {@link
 * JsonBodyReader}. A resource method with such a parameter never gets an unreadable body.
 */
@Schema(name = "JsonBody")
public record JsonBody(ObjectNode object) {

    /** Returns a reader of the fields of the object. */
    public FieldReader fields() {
        return FieldReader.of(object);
    }
}
