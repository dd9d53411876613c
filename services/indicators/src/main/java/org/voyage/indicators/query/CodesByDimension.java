package org.voyage.indicators.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Shape of the codes of a place in an answer, for the OpenAPI document only; see {@link CoordinatesSerializer}. */
@Schema(
        name = "Codes",
        description = "A code for each dimension, as text; the year is a number.",
        additionalProperties = Object.class)
public record CodesByDimension(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer year) {}
