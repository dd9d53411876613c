package org.voyage.indicators.values;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.format.Format;
import org.voyage.indicators.query.Answers.FiguresAnswer;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.problem.Problem;

/** The values of several figures at one cut. */
@Path("/v1/values")
@Tag(name = "Indicators")
@RunOnVirtualThread
public class FiguresResource {

    private final Answering answering;

    FiguresResource(Answering answering) {
        this.answering = answering;
    }

    @GET
    @ExtraQueryParameters("*")
    @Operation(
            summary = "Values of several figures",
            description =
                    "The same question to up to 50 figures, all counted at the same moment, which `position` names."
                            + " Splits and filters must be known to every one of them; a refusal names the figure.")
    @Parameter(
            name = "figure",
            in = ParameterIn.QUERY,
            required = true,
            example = "overseas-schools,overseas-students",
            description = "codes of figures, separated by commas; may be repeated")
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
                @Content(mediaType = Format.JSON_TYPE, schema = @Schema(implementation = FiguresAnswer.class)),
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
    public Response values(@BeanParam ValuesParameters parameters, @Context HttpHeaders headers) {
        return answering.several(parameters.all(), headers);
    }
}
