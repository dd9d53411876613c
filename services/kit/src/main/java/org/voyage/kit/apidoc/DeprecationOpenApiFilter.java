package org.voyage.kit.apidoc;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.Deprecation;

/** OpenAPI filter that describes deprecated operations ({@link Deprecation}): the dates and the successor. */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 90)
public class DeprecationOpenApiFilter implements OASFilter {
    private static final DotName DEPRECATION = DotName.createSimple(Deprecation.class);
    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
    private static final Map<DotName, HttpMethod> VERBS = Map.of(
            DotName.createSimple("jakarta.ws.rs.GET"), HttpMethod.GET,
            DotName.createSimple("jakarta.ws.rs.PUT"), HttpMethod.PUT,
            DotName.createSimple("jakarta.ws.rs.POST"), HttpMethod.POST,
            DotName.createSimple("jakarta.ws.rs.PATCH"), HttpMethod.PATCH,
            DotName.createSimple("jakarta.ws.rs.DELETE"), HttpMethod.DELETE);

    private final IndexView index;

    public DeprecationOpenApiFilter(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        for (AnnotationInstance deprecation : index.getAnnotations(DEPRECATION)) {
            switch (deprecation.target().kind()) {
                case METHOD -> {
                    MethodInfo method = deprecation.target().asMethod();
                    markDeprecated(document, method.declaringClass(), method, deprecation);
                }
                case CLASS -> {
                    ClassInfo resource = deprecation.target().asClass();
                    methods(resource)
                            .filter(method -> !method.hasDeclaredAnnotation(DEPRECATION))
                            .forEach(method -> markDeprecated(document, resource, method, deprecation));
                }
                default -> {}
            }
        }
    }

    /** Returns the methods that the type declares, and those of its interfaces. */
    private Stream<MethodInfo> methods(ClassInfo type) {
        return Stream.concat(
                type.methods().stream(),
                type.interfaceNames().stream()
                        .map(index::getClassByName)
                        .filter(Objects::nonNull)
                        .flatMap(this::methods));
    }

    private static void markDeprecated(
            OpenAPI document, ClassInfo resource, MethodInfo method, AnnotationInstance deprecation) {
        VERBS.forEach((verb, http) -> {
            if (method.hasDeclaredAnnotation(verb)) {
                Optional.ofNullable(document.getPaths())
                        .map(paths -> paths.getPathItem(pathOf(resource, method)))
                        .map(item -> item.getOperations().get(http))
                        .ifPresent(operation -> markDeprecated(operation, deprecation));
            }
        });
    }

    private static void markDeprecated(Operation operation, AnnotationInstance deprecation) {
        operation.setDeprecated(true);
        var sunset = stringMember(deprecation, "sunset");
        var successor = stringMember(deprecation, "successor");
        var told = "Deprecated since " + stringMember(deprecation, "since")
                + (sunset.isEmpty() ? "" : ", gone from " + sunset)
                + (successor.isEmpty() ? "" : "; use " + successor) + ".";
        operation.setDescription(operation.getDescription() == null ? told : operation.getDescription() + " " + told);
        operation.getResponses().getAPIResponses().forEach((status, answer) -> {
            if (status.startsWith("2") && answer.getRef() == null) {
                answer.addHeader("Deprecation", OpenApiElements.header("Since when (RFC 9745) / 弃用日期"));
                if (!sunset.isEmpty()) {
                    answer.addHeader("Sunset", OpenApiElements.header("When it will be gone (RFC 8594) / 停用日期"));
                }
                if (!successor.isEmpty()) {
                    answer.addHeader(
                            "Link", OpenApiElements.header("What comes instead, rel=successor-version / 替代接口"));
                }
            }
        });
        if (!sunset.isEmpty()) {
            operation
                    .getResponses()
                    .addAPIResponse("410", OASFactory.createAPIResponse().ref("#/components/responses/gone"));
        }
    }

    private static String stringMember(AnnotationInstance annotation, String name) {
        @Nullable AnnotationValue value = annotation.value(name);
        return value == null ? "" : value.asString();
    }

    private static String pathOf(ClassInfo resource, MethodInfo method) {
        return "/"
                + (pathSegment(resource.declaredAnnotation(PATH)) + "/" + pathSegment(method.declaredAnnotation(PATH)))
                        .replaceAll("/+", "/")
                        .replaceAll("^/|/$", "");
    }

    private static String pathSegment(@Nullable AnnotationInstance path) {
        return path == null ? "" : path.value().asString();
    }
}
