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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Browser of one person: it keeps cookies, follows the sign-in by hand, and remembers every answer. */
final class CookieBrowser implements AutoCloseable {
    private static final Pattern HIDDEN_FIELD =
            Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private static final URI LOCALHOST = URI.create("http://localhost");
    /** Connections of all browsers; each adds its own cookies. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private boolean needsTls = true;

    HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
        return send(request(url, headers).GET());
    }

    HttpResponse<String> post(String url, String... headers) throws IOException, InterruptedException {
        return send(request(url, headers).POST(BodyPublishers.ofString("{}")));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request, BodyHandlers.ofString());
        answers.add(answer.headers().map() + answer.body());
        return answer;
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        URI target = request.build().uri();
        List<String> sent = cookies.get(target, Map.of()).getOrDefault("Cookie", List.of());
        if (!sent.isEmpty()) {
            request.setHeader("Cookie", String.join("; ", sent));
        }
        HttpResponse<T> answer = HTTP.send(request.build(), handler);
        cookies.put(target, answer.headers().map());
        if (!needsTls) {
            cookies.getCookieStore().getCookies().forEach(cookie -> cookie.setSecure(false));
        }
        return answer;
    }

    InputStream openStream(String url) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = send(request(url).GET(), BodyHandlers.ofInputStream());
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

    /** Signs a person in at a provider that asks nothing, and returns the answer that leads to the wanted page. */
    HttpResponse<String> signInAtOnce(String dashboard, String person) throws IOException, InterruptedException {
        String provider = location(get(dashboard + "/sign-in?return=/"));
        return get(location(get(location(get(provider + "&person=" + person)))));
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
        // As CookieManager names a host without a dot.
        cookie.setDomain("localhost.local");
        cookie.setVersion(0);
        cookies.getCookieStore().add(LOCALHOST, cookie);
    }

    /** Sends cookies that need TLS without it, as if a proxy with TLS were in front. */
    void sendSecureCookies() {
        needsTls = false;
    }

    List<HttpCookie> sessionCookies() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().contains("_session"))
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
        cookies.getCookieStore().removeAll();
    }
}
