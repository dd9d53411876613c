package org.voyage.indicators.definition;

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

/** One definition file, parsed as far as possible without the other files. */
final class DefinitionFile {

    /** Extension of the file name, after the code. */
    static final String FILE_EXTENSION = ".yaml";

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    static {
        YAML.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private final DefinitionSource source;
    private final YamlObjectReader root;
    private final String code;
    private final int version;
    private final byte[] yaml;

    /** @throws InvalidDefinitionException when the file is no definition at all */
    DefinitionFile(String file, byte[] yaml) {
        String text = decodeText(file, yaml);
        this.source = new DefinitionSource(file, new YamlLineIndex(text));
        this.root = new YamlObjectReader(source, "", parseTree(file, text));
        this.code = root.requireSlug("code");
        this.version = root.requirePositive("version");
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

    /** @param path the invalid member */
    InvalidDefinitionException invalid(String path, String reason, String reasonZh) {
        return source.invalid(path, reason, reasonZh);
    }

    /**
     * Returns the figure.
     *
     * @param others lookup of the operands of a derived figure
     * @throws InvalidDefinitionException when a part of the file is invalid
     */
    Figure toFigure(DerivedFigureParser.FigureLookup others) {
        Figure figure = root.hasMember("derive")
                ? new DerivedFigureParser(root, others).parse()
                : new CountedFigureParser(root).parse();
        root.requireNothingElse();
        return figure;
    }

    /** @throws InvalidDefinitionException when the file counts an unread record, or names an unknown list */
    void requireKnownReferences(Collection<String> records, Collection<String> lists) {
        if (root.hasMember("derive")) {
            return;
        }
        requireReadRecord("record", root, records);
        root.findObject("join")
                .ifPresent(join -> join.memberNames().forEach(field -> requireReadRecord(field, join, records)));
        for (String list : root.requireTexts("lists")) {
            if (!lists.contains(list)) {
                String nearest = DidYouMean.findNearest(list, lists);
                throw root.invalid(
                        "lists",
                        " names \"" + list + "\", and there is no such list" + RecordFields.suggestion(nearest),
                        " 列出了“" + list + "”，没有此名单" + RecordFields.suggestionZh(nearest));
            }
        }
    }

    private static void requireReadRecord(String member, YamlObjectReader fields, Collection<String> records) {
        String record = fields.requireText(member);
        if (!records.contains(record)) {
            String nearest = DidYouMean.findNearest(record, records);
            throw fields.invalid(
                    member,
                    " is \"" + record + "\", a record without a topic among voyage.indicators.topics"
                            + RecordFields.suggestion(nearest),
                    " 为“" + record + "”，voyage.indicators.topics 中没有该记录的主题" + RecordFields.suggestionZh(nearest));
        }
    }

    private static String decodeText(String file, byte[] yaml) {
        ByteBuffer bytes = ByteBuffer.wrap(yaml);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += yaml[i] == '\n' ? 1 : 0;
            }
            throw new InvalidDefinitionException(file, line, "", "is not UTF-8", "文件编码不是 UTF-8");
        }
    }

    private static JsonNode parseTree(String file, String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JacksonException e) {
            throw new InvalidDefinitionException(
                    file,
                    lineOf(e),
                    "",
                    "is not readable YAML: " + describeProblem(e),
                    "YAML 无法解析（解析器提示：" + describeProblem(e) + "）");
        }
    }

    /**
     * Returns the problem in one line, without positions, which the caller adds, and without the text that the parser
     * quotes.
     */
    private static String describeProblem(JacksonException e) {
        String problem = e.getOriginalMessage();
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
            problem = marked.getContext() == null
                    ? marked.getProblem()
                    : marked.getContext() + ", " + marked.getProblem();
        }
        return problem.lines().map(String::strip).collect(Collectors.joining(" "));
    }

    /** Returns the line of the mistake. The parser may report another line than the one where it stopped. */
    private static int lineOf(JacksonException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return marked.getProblemMark().getLine() + 1;
        }
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    }
}
