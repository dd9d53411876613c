package org.voyage.indicators.values;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.format.Format;
import org.voyage.indicators.query.Answers.ValuesAnswer;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.problem.Problem;

/** The values of one figure. */
@Path("/v1/indicators/{code}/values")
@Tag(name = "Indicators")
@RunOnVirtualThread
public class ValuesResource {

    private final Answering answering;

    ValuesResource(Answering answering) {
        this.answering = answering;
    }

    @GET
    @PermitAll
    @ExtraQueryParameters("*")
    @Operation(
            summary = "Values of a figure",
            description = "All values of one answer hold at the same moment, which `position` names."
                    + " Besides the parameters below every dimension of the figure is a filter"
                    + " (`hostCountry=THA`, several codes separated by commas). " + Docs.OUTSIDE)
    @APIResponse(
            responseCode = "200",
            description = Docs.OK,
            headers = {
                @Header(name = "ETag", description = Docs.ETAG, schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = Representation.POSITION,
                        description = Docs.POSITION,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = Representation.RELEASE,
                        description = Docs.RELEASE,
                        schema = @Schema(type = SchemaType.INTEGER)),
                @Header(
                        name = Representation.DEFINITIONS,
                        description = Docs.DEFINITIONS,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = Representation.NOTES,
                        description = Docs.NOTES,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(name = Representation.TIME, description = Docs.TIME, schema = @Schema(type = SchemaType.STRING))
            },
            content = {
                @Content(mediaType = Format.JSON_TYPE, schema = @Schema(implementation = ValuesAnswer.class)),
                @Content(mediaType = Format.CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = Format.XLSX_TYPE, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = Format.SDMX_CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = Format.SDMX_JSON_TYPE, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "304", description = Docs.NOT_MODIFIED)
    @APIResponse(
            responseCode = "406",
            description = Docs.NOT_ACCEPTABLE,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem")))
    public Response values(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @BeanParam ValuesParameters parameters,
            @Context HttpHeaders headers) {
        return answering.one(code, parameters.all(), headers);
    }
}
