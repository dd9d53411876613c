package org.voyage.kittest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Check of an answer to any fuzz request. */
final class ApiFuzzVerdict {
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern INTERNAL_DETAILS =
            Pattern.compile("\\bat [a-z]+(\\.[A-Za-z0-9_$]+)+\\(|Exception|java\\.|jakarta\\."
                    + "|org\\.(voyage|postgresql|hibernate|jboss)|io\\.(quarkus|vertx|smallrye)|com\\.fasterxml|SQLState"
                    + "|insert into|select .* from |duplicate key value|relation \"|violates|ERROR:");
    private static final Pattern VALID_REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern RECEIPT_PARAMETER = Pattern.compile("[?&]receipt=([A-Za-z0-9_-]+)");
    private static final Pattern RECEIPT_PARTS = Pattern.compile("[a-z.-]+:\\d+@\\d+(,[a-z.-]+:\\d+@\\d+)*");

    private ApiFuzzVerdict() {}

    static List<String> findFaults(ApiFuzzRequest request, ApiFuzzAnswer answer) {
        List<String> faults = new ArrayList<>();
        int status = answer.status();
        if (status == 0) {
            return faults;
        }
        if (status >= 500 && !isPendingReceipt(request, answer)) {
            faults.add("a mistake of the service: " + status);
        }
        String sent = request.headers().get("X-Request-Id");
        String id = answer.header("X-Request-Id");
        if (id == null || id.isEmpty()) {
            faults.add("no X-Request-Id");
        } else if (sent != null && VALID_REQUEST_ID.matcher(sent).matches() && !sent.equals(id)) {
            faults.add("X-Request-Id is not the one that was sent");
        }
        if (status >= 400) {
            if (!request.method().equals("HEAD")) {
                checkProblem(answer, faults);
            }
            Matcher insides = INTERNAL_DETAILS.matcher(answer.text());
            if (insides.find() && !request.toString().contains(insides.group())) {
                faults.add("reveals its internals: " + insides.group());
            }
        }
        return faults;
    }

    private static void checkProblem(ApiFuzzAnswer answer, List<String> faults) {
        if (!"application/problem+json;charset=UTF-8".equals(answer.header("Content-Type"))) {
            faults.add("no problem document but " + answer.header("Content-Type"));
            return;
        }
        try {
            JsonNode problem = JSON.readTree(answer.body());
            for (String field : List.of("type", "title", "titleZh", "detail", "detailZh", "instance")) {
                if (!problem.path(field).isTextual()
                        || problem.path(field).asText().isBlank()) {
                    faults.add("a problem without " + field);
                }
            }
            if (!problem.path("type").asText().startsWith("urn:voyage:problem:")) {
                faults.add("a problem of an unknown type");
            }
            if (problem.path("status").asInt() != answer.status()) {
                faults.add("a problem with another status than the answer");
            }
            if (problem.has("errors")
                    && (!problem.path("errors").isArray()
                            || problem.path("errors").isEmpty())) {
                faults.add("errors is no list of findings");
            }
            for (JsonNode finding : problem.path("errors")) {
                if (!finding.path("rule").isTextual()
                        || !finding.path("detail").isTextual()
                        || !finding.path("detailZh").isTextual()) {
                    faults.add("a finding without rule, detail or detailZh");
                }
            }
        } catch (IOException e) {
            faults.add("a problem document that is no JSON");
        }
    }

    /** Returns whether the answer waits for an unknown write; that is correct for a well-formed receipt. */
    private static boolean isPendingReceipt(ApiFuzzRequest request, ApiFuzzAnswer answer) {
        Matcher receipt = RECEIPT_PARAMETER.matcher(request.target());
        if (answer.status() != 503 || !answer.text().contains("receipt-pending") || !receipt.find()) {
            return false;
        }
        String parts = new String(Base64.getUrlDecoder().decode(receipt.group(1)), StandardCharsets.UTF_8);
        return RECEIPT_PARTS.matcher(parts).matches();
    }
}
