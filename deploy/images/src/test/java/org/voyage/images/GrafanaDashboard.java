package org.voyage.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Dashboard of Grafana as a file of this project. */
record GrafanaDashboard(String file, JsonNode content) {

    static final Path FOLDER = Path.of("../monitoring/grafana");

    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w:])(?:voyage|http_server|jvm|process|system|worker_pool)_\\w+");

    static List<GrafanaDashboard> readAll() throws IOException {
        List<GrafanaDashboard> dashboards = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
            for (File file : files.sorted().map(Path::toFile).toList()) {
                dashboards.add(new GrafanaDashboard(file.getName(), new ObjectMapper().readTree(file)));
            }
        }
        return dashboards;
    }

    /** Returns the questions of all panels in PromQL. */
    List<String> questions() {
        return content.findValuesAsText("expr");
    }

    /** Returns the names of metrics in the questions; recorded rates have a colon and are none of them. */
    List<String> metrics() {
        return questions().stream()
                .flatMap(question -> METRIC.matcher(question).results().map(MatchResult::group))
                .distinct()
                .toList();
    }
}
