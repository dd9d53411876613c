package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Browser of a person who signs in to the dashboard. It keeps cookies, which all ports of this machine share. */
final class SessionBrowser implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern HIDDEN_FIELD =
            Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private static final Pattern FORM_TARGET = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .cookieHandler(cookies)
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

    /**
     * Signs a person in at Keycloak's page, unless Keycloak still knows the browser.
     *
     * @return whether the person is signed in now; a refused password leads to the page again
     */
    boolean signInAtKeycloak(URI dashboard, String person, String password) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(nextOf(get(dashboard.resolve("/sign-in?return=/"))));
        if (answer.statusCode() == 200) {
            Matcher form = FORM_TARGET.matcher(answer.body());
            assertThat(form.find()).as(answer.body()).isTrue();
            answer = send(HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("username=" + encode(person) + "&password=" + encode(password))));
        }
        if (answer.statusCode() == 200) {
            return false;
        }
        get(nextOf(get(nextOf(answer))));
        return true;
    }

    HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri)
                .header("X-Voyage-Request", "1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(URI uri, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri)
                .header("X-Voyage-Request", "1")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    InputStream openStream(URI uri) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** Returns a browser with copies of the cookies. */
    SessionBrowser copy() {
        SessionBrowser copy = new SessionBrowser();
        for (HttpCookie cookie : cookies.getCookieStore().getCookies()) {
            copy.cookies.getCookieStore().add(URI.create("http://localhost"), (HttpCookie) cookie.clone());
        }
        return copy;
    }

    /** Returns whether the browser has a session cookie of the dashboard. */
    boolean hasSession() {
        return cookies.getCookieStore().getCookies().stream()
                .anyMatch(cookie -> cookie.getName().startsWith("voyage_session"));
    }

    HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
        // A browser sends these to this machine without TLS, too.
        cookies.getCookieStore().getCookies().forEach(cookie -> cookie.setSecure(false));
        return answer;
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
