package org.voyage.indicators.feature.values;

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
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureResponses.FiguresAnswer;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.problem.Problem;

/** HTTP resource: values of several figures from one view. */
@Path("/v1/values")
@Tag(name = "Indicators")
@RunOnVirtualThread
public class MultiFigureValuesResource {

    private final ValuesRequestHandler answering;

    MultiFigureValuesResource(ValuesRequestHandler answering) {
        this.answering = answering;
    }

    @GET
    @ExtraQueryParameters("*")
    @Operation(
            operationId = "listValuesOfFigures",
            summary = "Values of several figures / 查询多项指标的数值",
            description =
                    "The same query to up to 50 figures, all counted at the same moment, which is in `position`. Every"
                            + " figure must know the breakdowns and filters; a refusal names the figure. / "
                            + "对最多 50 项指标作同一查询，均按同一时点计算，时点见 `position`。分组和筛选条件须为各项指标所共有，"
                            + "否则拒绝并指明指标。")
    @Parameter(
            name = FigureAccessPolicy.VIEW_PARAMETER,
            in = ParameterIn.QUERY,
            description = FigureAccessPolicy.VIEW_DESCRIPTION,
            schema = @Schema(enumeration = "outside"))
    @Parameter(
            name = "figure",
            in = ParameterIn.QUERY,
            required = true,
            example = "overseas-schools,overseas-students",
            description = "codes of figures, separated by commas; may be repeated / 指标代码，以逗号分隔，可重复")
    @APIResponse(
            responseCode = "200",
            description = ValuesApiDocs.OK_DESCRIPTION,
            headers = {
                @Header(
                        name = "ETag",
                        description = ValuesApiDocs.ETAG_DESCRIPTION,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = ValuesRepresentation.POSITION_HEADER,
                        description = ValuesApiDocs.POSITION_DESCRIPTION,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = ValuesRepresentation.RELEASE_HEADER,
                        description = ValuesApiDocs.RELEASE_DESCRIPTION,
                        schema = @Schema(type = SchemaType.INTEGER)),
                @Header(
                        name = ValuesRepresentation.DEFINITIONS_HEADER,
                        description = ValuesApiDocs.DEFINITIONS_DESCRIPTION,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = ValuesRepresentation.NOTES_HEADER,
                        description = ValuesApiDocs.NOTES_DESCRIPTION,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = ValuesRepresentation.TIME_HEADER,
                        description = ValuesApiDocs.TIME_DESCRIPTION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = {
                @Content(mediaType = ReportFormat.JSON_TYPE, schema = @Schema(implementation = FiguresAnswer.class)),
                @Content(mediaType = ReportFormat.CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = ReportFormat.XLSX_TYPE,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = ReportFormat.SDMX_CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = ReportFormat.SDMX_JSON_TYPE, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "304", description = ValuesApiDocs.NOT_MODIFIED)
    @APIResponse(
            responseCode = "406",
            description = ValuesApiDocs.NOT_ACCEPTABLE,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem")))
    public Response values(@BeanParam ValuesParameters parameters, @Context HttpHeaders headers) {
        return answering.answerSeveral(parameters.allParameters(), headers);
    }
}
