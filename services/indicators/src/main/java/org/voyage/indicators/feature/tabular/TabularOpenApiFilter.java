package org.voyage.indicators.feature.tabular;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.voyage.indicators.feature.format.ReportFormat;
import org.voyage.kit.problem.Problem;

/**
 * OpenAPI filter that describes what every operation with a tabular answer has: the parameter {@code format}, the files,
 * and the refusal of other formats. Such an operation documents its answer with
 * {@link TabularResponder#OK_DESCRIPTION}.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 400)
public class TabularOpenApiFilter implements OASFilter {

    private static final String OK_STATUS = "200";
    private static final String NOT_ACCEPTABLE_STATUS = "406";
    private static final String FORMAT_DESCRIPTION =
            "json, csv or xlsx; absent: by the Accept header, and json without one / "
                    + "json、csv 或 xlsx；不填的按 Accept 请求头，没有请求头的为 json";
    private static final String NOT_ACCEPTABLE_DESCRIPTION =
            "No format suits the Accept header; the problem names those that are offered / "
                    + "没有符合 Accept 请求头的格式；问题说明列出可用的格式";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .filter(TabularOpenApiFilter::hasTabularAnswer)
                .forEach(TabularOpenApiFilter::describeFormats);
    }

    private static boolean hasTabularAnswer(Operation operation) {
        APIResponse answer = operation.getResponses().getAPIResponse(OK_STATUS);
        return answer != null && TabularResponder.OK_DESCRIPTION.equals(answer.getDescription());
    }

    private static void describeFormats(Operation operation) {
        describeFormatParameter(operation);
        operation
                .getResponses()
                .getAPIResponse(OK_STATUS)
                .getContent()
                .addMediaType(
                        ReportFormat.CSV_TYPE, OASFactory.createMediaType().schema(createTextSchema()))
                .addMediaType(
                        ReportFormat.XLSX_TYPE,
                        OASFactory.createMediaType().schema(createTextSchema().format("binary")));
        operation
                .getResponses()
                .addAPIResponse(
                        NOT_ACCEPTABLE_STATUS,
                        OASFactory.createAPIResponse()
                                .description(NOT_ACCEPTABLE_DESCRIPTION)
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                Problem.MEDIA_TYPE,
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema()
                                                                .ref("#/components/schemas/Problem")))));
    }

    private static void describeFormatParameter(Operation operation) {
        List<Parameter> known = operation.getParameters() == null ? List.of() : operation.getParameters();
        known.stream()
                .filter(parameter -> TabularResponder.FORMAT_PARAMETER.equals(parameter.getName()))
                .findFirst()
                .orElseGet(() -> {
                    Parameter added = OASFactory.createParameter()
                            .name(TabularResponder.FORMAT_PARAMETER)
                            .in(Parameter.In.QUERY)
                            .schema(createTextSchema());
                    operation.addParameter(added);
                    return added;
                })
                .description(FORMAT_DESCRIPTION)
                .example(ReportFormat.XLSX.code());
    }

    private static Schema createTextSchema() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
