package org.voyage.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Browser of a person who signs in to the dashboard. It keeps cookies, which all ports of this machine share. */
final class SessionBrowser implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern HIDDEN_FIELD =
            Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();

    /** Signs a person of the local issuer in. */
    static SessionBrowser signIn(URI dashboard, String person) throws IOException, InterruptedException {
        SessionBrowser browser = new SessionBrowser();
        URI form = browser.nextOf(browser.get(dashboard.resolve("/sign-in?return=/")));
        String fields = HIDDEN_FIELD
                .matcher(browser.get(form).body())
                .results()
                .map(field -> field.group(1) + "=" + encode(field.group(2).replace("&amp;", "&")))
                .collect(Collectors.joining("&", "", "&person=" + person));
        HttpResponse<String> chosen = browser.send(HttpRequest.newBuilder(form.resolve("/authorize"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields)));
        browser.get(browser.nextOf(browser.get(browser.nextOf(chosen))));
        return browser;
    }

    HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    }

    private URI nextOf(HttpResponse<?> answer) {
        return answer.uri()
                .resolve(answer.headers()
                        .firstValue("Location")
                        .orElseThrow(() -> new AssertionError(
                                answer.uri() + " answers " + answer.statusCode() + ": " + answer.body())));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
