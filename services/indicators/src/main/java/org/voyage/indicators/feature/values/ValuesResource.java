package org.voyage.indicators.feature.values;

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
import org.voyage.indicators.query.FigureResponses.ValuesAnswer;
import org.voyage.kit.http.ExtraQueryParameters;
import org.voyage.kit.problem.Problem;

/** HTTP resource: values of one figure. */
@Path("/v1/indicators/{code}/values")
@Tag(name = "Indicators")
@RunOnVirtualThread
public class ValuesResource {

    private final ValuesRequestHandler answering;

    ValuesResource(ValuesRequestHandler answering) {
        this.answering = answering;
    }

    @GET
    @PermitAll
    @ExtraQueryParameters("*")
    @Operation(
            operationId = "listValues",
            summary = "Values of a figure / 查询指标数值",
            description = "All values of one answer hold at the same moment, which is in `position`."
                    + " In addition to the parameters below, every dimension of the figure is a filter"
                    + " (`hostCountry=THA`, several codes separated by commas). Alliances, and everybody where figures"
                    + " are public, get live figures that count no persons, but not of single provinces or colleges."
                    + " Figures of persons come from the newest release: closed years, one dimension at a time. The"
                    + " release suppresses 1 to 9 persons, and every number that would disclose them."
                    + " / 一次结果中的各数值均按同一时点计算，时点见 `position`。除下列参数外，指标的各维度均可作为筛选条件"
                    + "（如 `hostCountry=THA`，多个代码以逗号分隔）。联盟以及指标公开时的公众，可查不涉及人数的实时指标，"
                    + "但不分省份和院校；涉及人数的指标取最近一次对外发布的数据：限已完成的年度，一次只用一个维度，"
                    + "1 至 9 人及可推算出此类数值的数据不予公布。")
    @Parameter(
            name = FigureAccessPolicy.VIEW_PARAMETER,
            in = ParameterIn.QUERY,
            description = FigureAccessPolicy.VIEW_DESCRIPTION,
            schema = @Schema(enumeration = "outside"))
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
                @Content(mediaType = ReportFormat.JSON_TYPE, schema = @Schema(implementation = ValuesAnswer.class)),
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
    public Response values(
            @PathParam("code") @Parameter(example = "overseas-schools") String code,
            @BeanParam ValuesParameters parameters,
            @Context HttpHeaders headers) {
        return answering.answerOne(code, parameters.allParameters(), headers);
    }
}
