package org.voyage.kit.http;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;

/** Languages of the texts in a file for people: the parameter {@code lang}, otherwise the header {@code Accept-Language}. */
public enum TextLanguage {
    ZH,
    EN,
    /** Chinese first. */
    BOTH;

    private static final CodeSet<TextLanguage> LANGUAGES = CodeSet.of("lang", TextLanguage.class);

    /**
     * Returns the languages of a request: both if it names neither Chinese nor English.
     *
     * @param lang the query parameter: {@code zh}, {@code en} or {@code both}
     */
    public static TextLanguage parse(@Nullable String lang, HttpHeaders headers) {
        var named = QueryParameters.parseCode("lang", lang, LANGUAGES);
        if (named != null) {
            return named;
        }
        for (Locale locale : headers.getAcceptableLanguages()) {
            switch (locale.getLanguage()) {
                case "zh":
                    return ZH;
                case "en":
                    return EN;
                default:
            }
        }
        return BOTH;
    }

    /** Returns the text in these languages. @param between separator of both */
    public String choose(String zh, String en, String between) {
        return switch (this) {
            case ZH -> zh;
            case EN -> en;
            case BOTH -> zh + between + en;
        };
    }
}
