package org.voyage.kit.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.input.PersonalTextRules;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Problem;
import org.voyage.kit.problem.ProblemType;
import org.voyage.kit.problem.Refusal;

/**
 * Facts about a refused write for the audit trail: the operation, the key in its path (unless that may name a person),
 * the problem and the broken rules. It holds no part of the body or of the findings, and no unknown path, because each
 * of them may contain any text.
 */
record RefusedWrite(
        @Nullable String record,
        @Nullable String object,
        String operation,
        boolean single,
        @Nullable String under,
        int status,
        String problem,
        List<String> rules) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROBLEM_TYPE_PREFIX = "urn:voyage:problem:";
    private static final int MAX_RULES = 50;
    /** Problems of the submission: it cannot be read, or breaks a rule. */
    private static final Set<String> CLIENT_FAULT_PROBLEMS =
            Set.of("malformed", "conflict", "too-large", "unsupported-media-type", "invalid");

    /** Path parameters that name the written object, in the form of the entries of successful writes. */
    private static final List<String> OBJECT_PARAMETERS = List.of("sourceId", "year", "set", "alliance");

    private static final Pattern YEAR_NUMBER = Pattern.compile("[0-9]{4}");

    static RefusedWrite of(
            ContainerRequestContext request, ContainerResponseContext response, @Nullable ResourceInfo resource) {
        var path = pathParameters(request);
        @Nullable Class<?> its = resource == null ? null : resource.getResourceClass();
        JsonNode problem = parseProblem(response);
        List<String> rules = brokenRules(problem);
        @Nullable AuditedRecord record = its == null ? null : its.getAnnotation(AuditedRecord.class);
        // Most refusals happen before the key can be compared with the names of persons.
        boolean named = record != null && !record.personal();
        return new RefusedWrite(
                record == null ? null : record.value(),
                OBJECT_PARAMETERS.stream()
                        .filter(path::containsKey)
                        .map(parameter -> objectOf(parameter, String.valueOf(path.getFirst(parameter))))
                        .filter(id -> id != null && named)
                        .findFirst()
                        .orElse(null),
                describeOperation(request.getMethod(), its, resource),
                request.getMethod().equals(HttpMethod.PUT) && path.containsKey("sourceId"),
                Optional.ofNullable(path.getFirst("province"))
                        .flatMap(Province::find)
                        .map(Province::code)
                        .orElse(null),
                response.getStatus(),
                problem.path("type").asText("").replace(PROBLEM_TYPE_PREFIX, ""),
                rules);
    }

    /** Returns the object that a parameter names; null for any other text, because the path of a refused request is free. */
    private static @Nullable String objectOf(String parameter, String text) {
        boolean known =
                parameter.equals("year") ? YEAR_NUMBER.matcher(text).matches() : PersonalTextRules.isPlainKey(text);
        return known ? text : null;
    }

    /** Returns no parameters for a path that the framework cannot decode; such a request is refused and noted too. */
    private static MultivaluedMap<String, String> pathParameters(ContainerRequestContext request) {
        try {
            return request.getUriInfo().getPathParameters();
        } catch (IllegalArgumentException e) {
            return new MultivaluedHashMap<>();
        }
    }

    static RefusedWrite fromEarlyRefusal(String method, Refusal refusal) {
        return new RefusedWrite(
                null,
                null,
                method,
                false,
                null,
                ProblemType.of(refusal).status(),
                ProblemType.of(refusal).slug(),
                refusal.findings().stream().map(Finding::rule).distinct().toList());
    }

    /**
     * Returns whether a province sent one of its own records and the record was at fault. A conflict that names no rule
     * is one between writers.
     */
    boolean isAtFault(Province owner) {
        return single
                && owner.code().equals(under)
                && CLIENT_FAULT_PROBLEMS.contains(problem)
                && (!problem.equals("conflict") || !rules.isEmpty());
    }

    /**
     * Returns the audit entry.
     *
     * @param owner province of the caller; a bureau's attempt on another province is not shown to that province
     */
    AuditEntry toAuditEntry(@Nullable Province owner) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("operation", operation);
        if (under != null && (owner == null || !owner.code().equals(under))) {
            details.put("under", under);
        }
        details.put("status", status);
        details.put("problem", problem);
        if (!rules.isEmpty()) {
            details.put("rules", rules);
        }
        return AuditEntry.refused(record, owner, object, details);
    }

    /**
     * Returns the operation as in the description of the API: {@code PUT /v1/overseas-schools/{province}/{sourceId}}.
     */
    private static String describeOperation(String method, @Nullable Class<?> its, @Nullable ResourceInfo resource) {
        if (its == null || resource == null || resource.getResourceMethod() == null) {
            return method;
        }
        String root = pathTemplate(its);
        String rest = pathTemplate(resource.getResourceMethod());
        return method + " " + root + (rest.isEmpty() || rest.startsWith("/") ? rest : "/" + rest);
    }

    private static String pathTemplate(AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    private static JsonNode parseProblem(ContainerResponseContext response) {
        if (response.getEntity() instanceof String text
                && String.valueOf(response.getMediaType()).startsWith(Problem.MEDIA_TYPE)) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a problem that is no JSON", e);
            }
        }
        return JSON.createObjectNode();
    }

    private static List<String> brokenRules(JsonNode problem) {
        var rules = new TreeSet<String>();
        for (JsonNode error : problem.path("errors")) {
            if (rules.size() < MAX_RULES) {
                rules.add(error.path("rule").asText());
            }
        }
        return new ArrayList<>(rules);
    }
}
