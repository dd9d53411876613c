package org.voyage.kittest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** What the tests of any record do: send as a bureau, read the topic, look at the contract. */
public final class RecordApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sends the content type as it is written, without a charset of REST Assured's own. */
    private static final RestAssuredConfig AS_GIVEN = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .defaultContentCharset(StandardCharsets.UTF_8)
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private RecordApi() {}

    /** Any client of the local issuer. */
    public static RequestSpecification as(String clientId) {
        return given().config(AS_GIVEN).auth().oauth2(Tokens.of(clientId)).contentType("application/json");
    }

    public static RequestSpecification bureau(String province) {
        return as("bureau-" + province);
    }

    /** As the bureau of the province in the path {@code /v1/records/12/id}. */
    public static Response put(String path, String body) {
        return bureau(path.split("/")[3]).body(body).put(path);
    }

    /** A file of rows. */
    public static Response file(String province, String path, String type, String rows) {
        return bureau(province)
                .contentType(type)
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post(path);
    }

    /** A sourceId nobody else uses. */
    public static String fresh(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    /** The events of a key, once there are at least so many. */
    public static List<JsonNode> events(String topic, String key, int atLeast) {
        return records(topic, key, atLeast).stream()
                .map(record -> json(record.value()))
                .toList();
    }

    /** The records of a key, once there are at least so many. */
    public static List<ConsumerRecord<String, byte[]>> records(String topic, String key, int atLeast) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            found.clear();
            KafkaReader.all(topic).stream()
                    .filter(record -> key.equals(record.key()))
                    .forEach(found::add);
            return found.size() >= atLeast;
        });
        return found;
    }

    /** Every event fits the closed schema of its record. */
    public static void assertFit(String record, List<ConsumerRecord<String, byte[]>> events) {
        String file = "/contracts/events/" + record + "-changed.v1.schema.json";
        try (InputStream in = Objects.requireNonNull(RecordApi.class.getResourceAsStream(file), file)) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in, InputFormat.JSON);
            for (ConsumerRecord<String, byte[]> event : events) {
                assertThat(schema.validate(new String(event.value(), StandardCharsets.UTF_8), InputFormat.JSON))
                        .isEmpty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
