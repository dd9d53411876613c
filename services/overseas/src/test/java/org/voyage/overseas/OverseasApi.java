package org.voyage.overseas;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.voyage.kittest.KafkaReader;
import org.voyage.kittest.Tokens;

/** What the tests of all three records do: send as a bureau, read the topic. */
public final class OverseasApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Sends the content type as it is written, without a charset of REST Assured's own. */
    private static final RestAssuredConfig AS_GIVEN = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .defaultContentCharset(StandardCharsets.UTF_8)
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private OverseasApi() {}

    public static RequestSpecification bureau(String province) {
        return as(Tokens.bureau(province));
    }

    /** A caller with this token who sends JSON. */
    public static RequestSpecification as(String token) {
        return given().config(AS_GIVEN).auth().oauth2(token).contentType("application/json");
    }

    public static RequestSpecification operator() {
        return given().auth().oauth2(Tokens.operator());
    }

    public static Response put(String path, String body) {
        return bureau(path.split("/")[3]).body(body).put(path);
    }

    /** A sourceId nobody else uses. */
    public static String fresh(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    public static String school(String status, String dates) {
        return """
                {"name":"泰国鲁班工坊","nameEn":"Luban Workshop Thailand","brand":"luban-workshop","tier":"workshop",
                 "form":"training-centre","hostCountry":"THA","hostCity":"大城","foundingColleges":["4112012345"],
                 "foreignPartners":[{"name":"大城技术学院","country":"THA"}],"majors":["460301"],"status":"%s"%s}""".formatted(status, dates);
    }

    public static String openSchool() {
        return school("open", ",\"openedOn\":\"2016-02-29\"");
    }

    /** The events of a key, once there are at least so many. */
    public static List<JsonNode> events(String topic, String key, int atLeast) {
        return records(topic, key, atLeast).stream()
                .map(record -> json(record.value()))
                .toList();
    }

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

    public static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
