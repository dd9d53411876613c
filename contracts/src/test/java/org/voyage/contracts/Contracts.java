package org.voyage.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Contract files as the services find them: on the classpath, below {@code contracts/}. */
final class Contracts {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private Contracts() {}

    static Path path(String name) {
        URL url = Objects.requireNonNull(Contracts.class.getResource("/contracts/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the files of a folder whose names have the given end, in order. */
    static List<String> files(String folder, String end) {
        try (var files = Files.list(path(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String name) {
        try {
            return JSON.readTree(text(name));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    static JsonNode yaml(String name) {
        try {
            return YAML.readTree(text(name));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Returns the rows of a CSV file by column name. */
    static List<Map<String, String>> rows(String name) {
        try (var rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader().withStrictHeaders(true))
                .<Map<String, String>>readValues(text(name))) {
            return rows.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    static List<String> column(String name, String column) {
        return rows(name).stream()
                .map(row -> Objects.requireNonNull(row.get(column), name + " has no column " + column))
                .toList();
    }

    static Schema schema(String name) {
        return SCHEMAS.getSchema(text(name), InputFormat.JSON);
    }

    static Schema schema(JsonNode schema) {
        return SCHEMAS.getSchema(schema);
    }

    /** Returns the schema of schemas that comes with the validator. */
    static Schema metaSchema() {
        return SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    }

    /** Returns the errors of the document, wrong formats such as dates included. */
    static List<Error> errors(Schema schema, JsonNode document) {
        return schema.validate(
                document, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
