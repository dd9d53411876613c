package org.voyage.indicators.indicator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;
import org.voyage.kit.input.DidYouMean;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** One file, understood as far as it can be without the others. */
final class Definition {

    /** Of the name of its file, after the code. */
    static final String ENDING = ".yaml";

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    static {
        YAML.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private final Source source;
    private final Fields top;
    private final String code;
    private final int version;
    private final byte[] yaml;

    /** @throws BadDefinition when the file is no definition at all */
    Definition(String file, byte[] yaml) {
        String text = text(file, yaml);
        this.source = new Source(file, new Lines(text));
        this.top = new Fields(source, "", tree(file, text));
        this.code = top.slug("code");
        this.version = top.positive("version");
        this.yaml = yaml.clone();
    }

    byte[] yaml() {
        return yaml.clone();
    }

    String code() {
        return code;
    }

    int version() {
        return version;
    }

    /** @param path the member that is wrong */
    BadDefinition bad(String path, String reason, String reasonZh) {
        return source.bad(path, reason, reasonZh);
    }

    /**
     * @param others finds the figures that this one is derived from
     * @throws BadDefinition when something in it is not understood
     */
    Figure figure(DerivedReader.Others others) {
        Figure figure = top.has("derive") ? new DerivedReader(top, others).read() : new IndicatorReader(top).read();
        top.nothingElse();
        return figure;
    }

    /** @throws BadDefinition when it counts a record that is not read, or names a list that there is not */
    void check(Collection<String> records, Collection<String> lists) {
        if (top.has("derive")) {
            return;
        }
        isRead("record", top, records);
        top.optionalObject("join").ifPresent(join -> join.names().forEach(field -> isRead(field, join, records)));
        for (String list : top.texts("lists")) {
            if (!lists.contains(list)) {
                String nearest = DidYouMean.findNearest(list, lists);
                throw top.bad(
                        "lists",
                        " names \"" + list + "\", and there is no such list" + RecordFields.hint(nearest),
                        " 列出了“" + list + "”，没有此名单" + RecordFields.hintZh(nearest));
            }
        }
    }

    private static void isRead(String member, Fields fields, Collection<String> records) {
        String record = fields.text(member);
        if (!records.contains(record)) {
            String nearest = DidYouMean.findNearest(record, records);
            throw fields.bad(
                    member,
                    " is \"" + record + "\", a record without a topic among voyage.indicators.topics"
                            + RecordFields.hint(nearest),
                    " 为“" + record + "”，voyage.indicators.topics 中没有该记录的主题" + RecordFields.hintZh(nearest));
        }
    }

    private static String text(String file, byte[] yaml) {
        ByteBuffer bytes = ByteBuffer.wrap(yaml);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += yaml[i] == '\n' ? 1 : 0;
            }
            throw new BadDefinition(file, line, "", "is not UTF-8", "文件编码不是 UTF-8");
        }
    }

    private static JsonNode tree(String file, String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JacksonException e) {
            throw new BadDefinition(
                    file, line(e), "", "is not readable YAML: " + problem(e), "YAML 无法解析（解析器提示：" + problem(e) + "）");
        }
    }

    /** In one line, without the places, of which there is one already, and without the text that the parser quotes. */
    private static String problem(JacksonException e) {
        String problem = e.getOriginalMessage();
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
            problem = marked.getContext() == null
                    ? marked.getProblem()
                    : marked.getContext() + ", " + marked.getProblem();
        }
        return problem.lines().map(String::strip).collect(Collectors.joining(" "));
    }

    /** Where the parser stopped is not always where the mistake is: it may say that itself. */
    private static int line(JacksonException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return marked.getProblemMark().getLine() + 1;
        }
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    }
}
