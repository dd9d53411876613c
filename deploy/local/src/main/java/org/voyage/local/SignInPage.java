package org.voyage.local;

import java.util.Map;
import java.util.stream.Collectors;

/** Page on which a person of this machine signs in: a button for each seeded person, in Chinese and English. */
final class SignInPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
              "WenQuanYi Micro Hei", system-ui, sans-serif; }
            body { max-width: 34rem; margin: 3rem auto; padding: 0 1rem; }
            ul { list-style: none; padding: 0; }
            button { display: block; width: 100%; margin: .5rem 0; padding: .6rem 1rem; font: inherit; text-align: left;
              cursor: pointer; }
            """;

    private SignInPage() {}

    static String render(AuthorizationRequest request) {
        String hidden = request.parameters().entrySet().stream()
                .map((Map.Entry<String, String> entry) -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                        .formatted(escape(entry.getKey()), escape(entry.getValue())))
                .collect(Collectors.joining());
        String people = IssuerPerson.listAll().stream().map(SignInPage::button).collect(Collectors.joining());
        return page("""
                <h1>登录远航 <span lang="en">Sign in to Voyage</span></h1>
                <p>本机演示账号，无需密码。<br><span lang="en">People of this machine, without a password.</span></p>
                <form method="post" action="/authorize">%s<ul>%s</ul></form>
                """.formatted(hidden, people));
    }

    static String renderFault(String fault) {
        return page("<h1>无法登录 <span lang=\"en\">You cannot sign in</span></h1><p lang=\"en\">%s</p>"
                .formatted(escape(fault)));
    }

    private static String button(IssuerPerson person) {
        return """
        <li><button name="person" value="%s"><strong>%s</strong> · %s<br>
        <span lang="en">%s · %s</span></button></li>
        """.formatted(
                        person.id(),
                        person.chineseName(),
                        person.chineseOffice(),
                        person.englishName(),
                        person.englishOffice());
    }

    private static String page(String body) {
        return """
        <!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1"><title>登录远航 · Sign in to Voyage</title>
        <style>%s</style></head><body><main>%s</main></body></html>
        """.formatted(STYLE, body);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
