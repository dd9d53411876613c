package org.voyage.kit.apidoc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;

/**
 * OpenAPI filter that adds the examples of {@code META-INF/openapi-examples.yaml}: by operation ({@code GET
 * /v1/batches}), then by status ({@code 200}) or {@code request}. If an operation has several media types, one more
 * level names the media type.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 200)
public class ExamplesOpenApiFilter implements OASFilter {
    private static final String EXAMPLES_FILE = "META-INF/openapi-examples.yaml";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        for (JsonNode file : loadFiles()) {
            document.getPaths()
                    .getPathItems()
                    .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                        JsonNode examples = file.path(method + " " + path);
                        if (examples.isObject()) {
                            addExamples(examples, operation);
                        }
                    }));
        }
    }

    /** Returns the kit's example for an operation that each service has under its own path. */
    public static JsonNode findKitExample(String operation) {
        return loadFiles().stream()
                .map(file -> file.path(operation))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Loads the example files. {@code RECORD} in the kit's file is a placeholder for a record of the service. */
    private static List<JsonNode> loadFiles() {
        return ContractFiles.findAll(EXAMPLES_FILE).stream()
                .map(file ->
                        ContractFiles.parseJson(file.toString().replace("RECORD", ConventionsOpenApiFilter.ANY_RECORD)))
                .toList();
    }

    private static void addExamples(JsonNode examples, Operation operation) {
        examples.properties().forEach(example -> {
            if (example.getKey().equals("request")) {
                if (operation.getRequestBody() != null) {
                    addExamples(example.getValue(), operation.getRequestBody().getContent());
                }
            } else if (operation.getResponses().getAPIResponse(example.getKey()) != null) {
                var answer = operation.getResponses().getAPIResponse(example.getKey());
                if (answer.getContent() != null) {
                    addExamples(example.getValue(), answer.getContent());
                }
            }
        });
    }

    private static void addExamples(JsonNode example, Content content) {
        Map<String, ?> types = content.getMediaTypes();
        List<String> named = types.keySet().stream().filter(example::has).toList();
        content.getMediaTypes().forEach((type, media) -> {
            if (named.isEmpty()) {
                media.example(ContractFiles.toPlainValue(example));
            } else if (named.contains(type)) {
                media.example(ContractFiles.toPlainValue(example.path(type)));
            }
        });
    }
}
