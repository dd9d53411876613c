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
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;

/** Client of the record API for tests: it sends as a bureau, reads topics and checks contracts. */
public class RecordApiClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sends the content type as written, without REST Assured's charset. */
    private static final RestAssuredConfig EXACT_CONTENT_TYPE = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .defaultContentCharset(StandardCharsets.UTF_8)
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    /** Constructor for subclasses with the bodies of a service's own records. */
    public RecordApiClient() {}

    /** Returns a request as any client of the local issuer. */
    public static RequestSpecification as(String clientId) {
        return given().config(EXACT_CONTENT_TYPE)
                .auth()
                .oauth2(TestTokens.tokenOf(clientId))
                .contentType("application/json");
    }

    public static RequestSpecification bureau(String province) {
        return as("bureau-" + province);
    }

    public static RequestSpecification operator() {
        return as("operator");
    }

    /** Puts a body as the bureau of the province in the path {@code /v1/records/12/id}. */
    public static Response put(String path, String body) {
        return bureau(path.split("/")[3]).body(body).put(path);
    }

    /** Sends a file of rows. */
    public static Response sendFile(String province, String path, String type, String rows) {
        return bureau(province)
                .contentType(type)
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post(path);
    }

    /** Returns a sourceId that no other test uses. */
    public static String newSourceId(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    /** Waits for the given number of events of a key and returns its events. */
    public static List<JsonNode> awaitEvents(String topic, String key, int atLeast) {
        return awaitRecords(topic, key, atLeast).stream()
                .map(record -> parseJson(record.value()))
                .toList();
    }

    /** Waits for the given number of Kafka records of a key and returns them. */
    public static List<ConsumerRecord<String, byte[]>> awaitRecords(String topic, String key, int atLeast) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            found.clear();
            KafkaTopicReader.readAll(topic).stream()
                    .filter(record -> key.equals(record.key()))
                    .forEach(found::add);
            return found.size() >= atLeast;
        });
        return found;
    }

    /** Requires that every event fits the closed schema of its record, and is a CloudEvent in the order of the log. */
    public static void assertMatchesSchema(String record, List<ConsumerRecord<String, byte[]>> events) {
        assertThat(events).isNotEmpty();
        Schema schema = loadSchema("/contracts/events/" + record + "-changed.v1.schema.json");
        for (ConsumerRecord<String, byte[]> event : events) {
            assertThat(schema.validate(new String(event.value(), StandardCharsets.UTF_8), InputFormat.JSON))
                    .isEmpty();
            String service = event.topic().substring(0, event.topic().indexOf('.'));
            assertThat(headerOf(event, "ce_specversion")).isEqualTo("1.0");
            assertThat(headerOf(event, "ce_type")).isEqualTo("org.voyage." + record + ".changed.v1");
            assertThat(headerOf(event, "ce_source")).isEqualTo("/voyage/" + service);
            assertThat(headerOf(event, "ce_subject")).isEqualTo(event.key());
            assertThat(headerOf(event, "ce_dataschema")).isEqualTo("urn:voyage:events:" + record + "-changed:v1");
            assertThat(headerOf(event, "content-type")).isEqualTo("application/json");
        }
        assertThat(events)
                .extracting(event -> Long.valueOf(headerOf(event, "ce_position")))
                .isSorted();
    }

    private static Schema loadSchema(String file) {
        try (InputStream in = Objects.requireNonNull(RecordApiClient.class.getResourceAsStream(file), file)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String headerOf(ConsumerRecord<String, byte[]> event, String name) {
        Header header = Objects.requireNonNull(event.headers().lastHeader(name), name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    public static JsonNode parseJson(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
