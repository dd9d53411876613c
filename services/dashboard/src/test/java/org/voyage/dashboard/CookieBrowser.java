package org.voyage.dashboard;

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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Browser of one person: it keeps cookies, follows the sign-in by hand, and remembers every answer. */
final class CookieBrowser implements AutoCloseable {
    private static final Pattern HIDDEN_FIELD =
            Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private static final URI LOCALHOST = URI.create("http://localhost");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();
    private final List<String> answers = new ArrayList<>();

    HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
        return send(request(url, headers).GET());
    }

    HttpResponse<String> post(String url, String... headers) throws IOException, InterruptedException {
        return send(request(url, headers).POST(BodyPublishers.ofString("{}")));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        answers.add(answer.headers().map() + answer.body());
        return answer;
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return http.send(request.build(), handler);
    }

    InputStream openStream(String url) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request(url).GET().build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return answer.body();
    }

    static HttpRequest.Builder request(String url, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Signs a seeded person in and returns the answer of the dashboard that leads to the wanted page. */
    HttpResponse<String> signIn(String dashboard, String person, String wanted)
            throws IOException, InterruptedException {
        String page = location(get(dashboard + "/sign-in?return=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8)));
        HttpResponse<String> people = get(page);
        String form = HIDDEN_FIELD
                .matcher(people.body())
                .results()
                .map(CookieBrowser::formField)
                .collect(Collectors.joining("&", "", "&person=" + person));
        URI authorize = URI.create(page).resolve("/authorize");
        HttpResponse<String> chosen =
                send(request(authorize.toString(), "Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
        HttpResponse<String> signedIn = get(location(chosen));
        // Where the sign-in began, which leads to the page.
        return get(location(signedIn));
    }

    private static String formField(MatchResult field) {
        return field.group(1) + "=" + URLEncoder.encode(field.group(2).replace("&amp;", "&"), StandardCharsets.UTF_8);
    }

    static String location(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Location")
                .map(place -> answer.uri().resolve(place).toString())
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " without Location: " + answer.body()));
    }

    /** Returns headers and bodies of all answers so far. */
    String allAnswers() {
        return String.join("\n", answers);
    }

    void addCookie(String name, String value) {
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(LOCALHOST, cookie);
    }

    List<HttpCookie> sessionCookies() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().startsWith("q_session"))
                .toList();
    }

    /** Returns a browser with copies of the cookies, as a thief would have. */
    CookieBrowser copy() {
        CookieBrowser copy = new CookieBrowser();
        cookies.getCookieStore()
                .getCookies()
                .forEach(cookie -> copy.cookies.getCookieStore().add(LOCALHOST, (HttpCookie) cookie.clone()));
        return copy;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
