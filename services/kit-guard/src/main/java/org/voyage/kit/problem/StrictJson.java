package org.voyage.kit.problem;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Strict parser of JSON from outside: it refuses duplicate keys, trailing text, comments, NaN, bytes that are not
 * UTF-8, nesting below {@value #MAX_NESTING_DEPTH} levels and numbers of more than {@value #MAX_NUMBER_DIGITS} characters, with the
 * place.
 */
public final class StrictJson {
    static final int MAX_NESTING_DEPTH = 32;
    static final int MAX_NUMBER_DIGITS = 40;

    public static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING_DEPTH)
                            .maxNumberLength(MAX_NUMBER_DIGITS)
                            .maxNameLength(1000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * Parses one JSON object.
     *
     * @throws Refusal.Malformed if the text is anything else, with line and column
     */
    public static ObjectNode parseObject(byte[] utf8) {
        return parseObject(utf8, 1);
    }

    /** Parses one JSON object as {@link #parseObject(byte[])}, for a text that begins at another line of a file. */
    public static ObjectNode parseObject(byte[] utf8, long firstLine) {
        requireUtf8(utf8);
        @Nullable JsonNode tree;
        try {
            tree = MAPPER.readTree(utf8);
        } catch (StreamConstraintsException e) {
            throw new Refusal.Malformed(
                    "The JSON nests too deep, or a number, a name or a text in it is too long.",
                    "JSON 嵌套过深，或其中的数字、属性名、文本过长。");
        } catch (JsonProcessingException e) {
            throw malformedJson(e, firstLine);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail", e);
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        if (tree == null || tree.isMissingNode()) {
            throw new Refusal.Malformed("A JSON object is expected; there is nothing.", "应为一个 JSON 对象，但内容为空。");
        }
        throw new Refusal.Malformed("A JSON object is expected.", "应为一个 JSON 对象。");
    }

    private static Refusal.Malformed malformedJson(JsonProcessingException e, long firstLine) {
        var at = e.getLocation();
        var line = firstLine + (at == null ? 0 : at.getLineNr() - 1);
        var column = at == null ? 1 : at.getColumnNr();
        var message = e.getOriginalMessage();
        if (message != null && message.startsWith("Duplicate ")) {
            return new Refusal.Malformed(
                    "A name occurs twice in one JSON object, at line %d, column %d.".formatted(line, column),
                    "同一 JSON 对象中属性名重复：第 %d 行第 %d 列。".formatted(line, column));
        }
        return new Refusal.Malformed(
                "This is not valid JSON: line %d, column %d.".formatted(line, column),
                "不是有效的 JSON：第 %d 行第 %d 列。".formatted(line, column));
    }

    private static void requireUtf8(byte[] bytes) {
        // Jackson would read UTF-16 and UTF-32, which have a zero among the first four bytes of a JSON text.
        for (int i = 0; i < Math.min(bytes.length, 4); i++) {
            if (bytes[i] == 0) {
                throw new Refusal.Malformed("The text is not UTF-8.", "文本不是 UTF-8 编码。");
            }
        }
        // The first check is cheap and nearly always enough: ASCII is UTF-8.
        for (byte b : bytes) {
            if (b < 0) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                    return;
                } catch (CharacterCodingException e) {
                    throw new Refusal.Malformed("The text is not UTF-8.", "文本不是 UTF-8 编码。");
                }
            }
        }
    }
}
