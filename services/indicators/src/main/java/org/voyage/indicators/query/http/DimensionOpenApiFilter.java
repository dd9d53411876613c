package org.voyage.indicators.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.runtime.util.ClassPathUtils;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * OpenAPI filter that adds a parameter for each dimension to the operations that filter by dimensions, and describes the
 * other parameters of the service. The dimensions are those of the definitions of the platform; an operator's own definitions can have further ones.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 300)
public class DimensionOpenApiFilter implements OASFilter {
    private static final String DEFINITIONS = "contracts/indicators";

    private static final Set<String> FILTERED_PATHS = Set.of(
            "/v1/values",
            "/v1/indicators/stream",
            "/v1/indicators/{code}/values",
            "/v1/indicators/{code}/evidence",
            "/v1/indicators/{code}/changes",
            "/v1/indicators/{code}/history",
            "/v1/indicators/{code}/rehearsals");

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "code", "Code of the figure / 指标代码",
            "set", "Name of the set of published statistics / 已公布数据集名称",
            "version", "Number of the version, from 1 / 版本号",
            "title", "Title of the publication / 出版物名称",
            "Last-Event-ID", "Id of the last message that came: the stream goes on after it / 最后收到的消息编号");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .filter(operation -> operation.getParameters() != null)
                .flatMap(operation -> operation.getParameters().stream())
                .filter(parameter -> parameter.getDescription() == null)
                .forEach(parameter -> parameter.setDescription(DESCRIPTIONS.get(parameter.getName())));
        Set<String> dimensions = loadDimensions();
        for (String path : FILTERED_PATHS) {
            PathItem item = document.getPaths().getPathItem(path);
            item.getOperations().values().forEach(operation -> addFilters(operation, dimensions));
        }
    }

    private static void addFilters(Operation operation, Set<String> dimensions) {
        List<Parameter> known = operation.getParameters();
        dimensions.stream()
                .filter(name -> known.stream().noneMatch(other -> name.equals(other.getName())))
                .forEach(name -> operation.addParameter(OASFactory.createParameter()
                        .name(name)
                        .in(Parameter.In.QUERY)
                        .description("Only these codes or names of the dimension; a figure without it refuses it"
                                + " / 仅限这些代码或名称")
                        .schema(OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .items(OASFactory.createSchema().addType(SchemaType.STRING)))));
    }

    private static Set<String> loadDimensions() {
        Set<String> dimensions = new TreeSet<>();
        try {
            ClassPathUtils.consumeAsPaths(
                    Thread.currentThread().getContextClassLoader(),
                    DEFINITIONS,
                    folder -> addDimensions(folder, dimensions));
        } catch (IOException e) {
            throw new UncheckedIOException(DEFINITIONS, e);
        }
        return dimensions;
    }

    private static void addDimensions(Path folder, Set<String> dimensions) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                for (JsonNode name :
                        new YAMLMapper().readTree(Files.readString(file)).path("dimensions")) {
                    dimensions.add(name.asText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder.toString(), e);
        }
    }
}
