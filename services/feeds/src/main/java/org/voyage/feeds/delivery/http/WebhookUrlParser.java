package org.voyage.feeds.delivery.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.kit.problem.Finding;

/** Parser of the URLs of endpoints. It refuses everything that could hide where a request goes. */
@ApplicationScoped
public class WebhookUrlParser {

    private static final Set<Integer> PORTS = Set.of(443, 8443);
    private static final String FIELD = "url";
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_PORT = 65535;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

    private final boolean isHttpAllowed;

    WebhookUrlParser(DeliveryConfig config) {
        this.isHttpAllowed = config.httpAllowed();
    }

    /**
     * Returns the URL in its parts.
     *
     * @throws UrlRefusedException with the finding
     */
    public WebhookUrl parse(String text) throws UrlRefusedException {
        URI uri = toUri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(isHttpAllowed && scheme.equals("http"))) {
            throw refuse("url-scheme", "The URL begins with https://.", "地址应以 https:// 开头。");
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw refuse(
                    "url-host",
                    "The URL names a host in ASCII, such as hooks.example.org.",
                    "地址须包含 ASCII 形式的主机名，例如 hooks.example.org。");
        }
        if (uri.getRawUserInfo() != null || uri.getRawAuthority().contains("@")) {
            throw refuse("url-credentials", "The URL has no user or password.", "地址中不得包含用户名或密码。");
        }
        if (uri.getRawFragment() != null) {
            throw refuse("url-fragment", "The URL has no fragment (#).", "地址中不得包含片段（#）。");
        }
        if (host.contains("%") || (host.contains(".") && host.startsWith("["))) {
            throw refuse("url-host", "The URL has no zone and no mixed form of an address.", "地址中的 IP 不得包含区域标识或混合写法。");
        }
        if (isNumeric(host) && !IPV4.matcher(host).matches()) {
            throw refuse(
                    "url-host",
                    "An IPv4 address is written as four decimal numbers without leading zeros.",
                    "IPv4 地址须写作四段十进制数，且不得带前导零。");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        if (port < 1 || port > MAX_PORT || (!isHttpAllowed && !PORTS.contains(port))) {
            throw refuse(
                    "url-port",
                    "Port " + port + " is not allowed; allowed are " + sortedPorts(", ") + ".",
                    "不允许使用端口 " + port + "，可用端口：" + sortedPorts("、") + "。");
        }
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new WebhookUrl(uri, name, port);
    }

    /** Returns whether some readers take the host for an IPv4 address: in octal, hexadecimal, short or as one number. */
    private static boolean isNumeric(String host) {
        return NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches();
    }

    private static URI toUri(String text) throws UrlRefusedException {
        if (text.length() > MAX_LENGTH || !text.chars().allMatch(each -> each > ' ' && each < 0x7F)) {
            throw refuse(
                    "url-form",
                    "The URL has at most " + MAX_LENGTH + " characters, in ASCII, without blanks.",
                    "地址最长 " + MAX_LENGTH + " 个字符，须为 ASCII 且不含空格。");
        }
        try {
            return new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw refuse(
                    "url-form",
                    "This is not a URL such as https://hooks.example.org/voyage.",
                    "不是有效的地址，例如 https://hooks.example.org/voyage。");
        }
    }

    private String sortedPorts(String separator) {
        return String.join(
                separator, PORTS.stream().sorted().map(String::valueOf).toList());
    }

    private static UrlRefusedException refuse(String rule, String detail, String detailZh) {
        return new UrlRefusedException(Finding.field(FIELD, rule, detail, detailZh));
    }

    /** The URL is refused. */
    public static final class UrlRefusedException extends Exception {
        private final transient Finding finding;

        UrlRefusedException(Finding finding) {
            super(finding.detail());
            this.finding = finding;
        }

        public Finding finding() {
            return finding;
        }
    }
}
