// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import io.github.ollamareactive.protocol.Excerpts;
import io.netty.util.NetUtil;
import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The base URL of the server, parsed from a host string as users write it. The rules are those of Ollama's own clients,
 * except that a bad port is an error, an address that means "all interfaces" is replaced by the loopback address, and
 * user info becomes a header.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host, an IPv6 address in brackets
 * @param port the port
 * @param path empty, or a path that begins with a slash and doesn't end with one
 * @param basicAuth the value of the Authorization header made of the user info; null without user info
 */
record BaseUrl(
        String scheme,
        String host,
        int port,
        String path,
        @Nullable String basicAuth) {
    private static final int DEFAULT_PORT = 11434;
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Parses a host string.
     *
     * @param text as {@code example.com}, {@code :1234}, {@code https://user:secret@host/path}; null or blank for this
     *     machine
     * @param ollamaPort the value of {@code OLLAMA_PORT}: the port of a text with neither port nor scheme; null or
     *     blank for 11434
     * @throws IllegalArgumentException when the text is not a valid host string; the message contains no user info
     */
    static BaseUrl parse(@Nullable String text, @Nullable String ollamaPort) {
        try {
            return parseUnmasked(text, ollamaPort);
        } catch (IllegalArgumentException e) {
            if (text != null && text.indexOf('@') >= 0) {
                // No cause: when a password contains a slash, the message about port or path would quote it.
                throw new IllegalArgumentException(
                        "host: can't be read; it isn't shown, since it holds user info, whose / ? # @ : have to be %-escaped");
            }
            throw e;
        }
    }

    private static BaseUrl parseUnmasked(@Nullable String text, @Nullable String ollamaPort) {
        String rest = text == null ? "" : unquote(text);
        if (rest.equals("ollama.com")) {
            return new BaseUrl("https", "ollama.com", 443, "", null);
        }
        int separator = rest.indexOf("://");
        String scheme = separator < 0 ? "http" : rest.substring(0, separator).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("host: scheme " + quoted(scheme) + " is neither http nor https");
        }
        rest = separator < 0 ? rest : rest.substring(separator + 3);
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : rest.substring(slash).replaceAll("/+$", "");
        if (!path.matches("[!-~&&[^?#]]*")) {
            throw new IllegalArgumentException("host: " + quoted(path) + " is no path of a base URL");
        }
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int at = authority.lastIndexOf('@');
        String basicAuth = at < 0 ? null : basicAuth(authority.substring(0, at));
        authority = authority.substring(at + 1);

        int colon = indexOfPortColon(authority);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String portText = colon < 0 ? "" : authority.substring(colon + 1);
        int port;
        if (!portText.isEmpty()) {
            port = port(portText, "host");
        } else if (separator >= 0) {
            port = scheme.equals("https") ? 443 : 80;
        } else {
            port = defaultPort(ollamaPort);
        }
        return new BaseUrl(scheme, host(host), port, path, basicAuth);
    }

    private static int defaultPort(@Nullable String ollamaPort) {
        String text = ollamaPort == null ? "" : unquote(ollamaPort);
        // For a Service named "ollama" Kubernetes sets OLLAMA_PORT to a URL, as tcp://10.96.0.1:11434, which is no
        // setting of the user.
        return text.isEmpty() || text.matches("(?i)(tcp|udp|sctp)://.*") ? DEFAULT_PORT : port(text, "OLLAMA_PORT");
    }

    private static String quoted(String text) {
        return "'" + Excerpts.printable(text) + "'";
    }

    /** Removes white space and the quotes that a shell left in. */
    private static String unquote(String text) {
        return text.strip().replaceAll("^[\"']+|[\"']+$", "").strip();
    }

    /** The index of the colon before the port, or -1: the last colon, unless it belongs to an IPv6 address. */
    private static int indexOfPortColon(String authority) {
        int colon = authority.lastIndexOf(':');
        if (authority.startsWith("[")) {
            return colon > authority.indexOf(']') ? colon : -1;
        }
        return colon == authority.indexOf(':') ? colon : -1;
    }

    private static String host(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.isEmpty() || bare.equals("0.0.0.0")) {
            return LOOPBACK;
        } else if (bare.indexOf(':') >= 0) {
            // In a URL, the percent sign before a zone is written %25 (RFC 6874).
            String literal = bare.replaceFirst("%25(?=.)", "%");
            byte[] address = literal.matches("[^%]+(%[0-9A-Za-z._~-]+)?")
                    ? NetUtil.createByteArrayFromIpAddressString(literal)
                    : null;
            if (address == null) {
                throw new IllegalArgumentException("host: " + quoted(host) + " is no IPv6 address");
            }
            return isUnspecified(address) ? "[::1]" : "[" + literal + "]";
        } else if (!bare.matches("[\\p{L}\\p{N}._~-]+")) {
            throw new IllegalArgumentException("host: " + quoted(host) + " is no host name");
        }
        return IDN.toASCII(bare).toLowerCase(Locale.ROOT);
    }

    private static boolean isUnspecified(byte[] address) {
        for (byte b : address) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static int port(String text, String source) {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        throw new IllegalArgumentException(
                source + ": " + quoted(text) + " is no port, that is a number from 1 to 65535");
    }

    private static String basicAuth(String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        byte[] bytes = (decode(user) + ":" + decode(password)).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private static String decode(String text) {
        try {
            // In the user info of a URL, unlike in a form, a plus is not a space.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // No cause: its message would quote the user info.
            throw new IllegalArgumentException("host: the user info has a bad %-escape");
        }
    }

    /** {@return the URL without credentials} */
    String url() {
        return scheme + "://" + host + ":" + port + path;
    }

    /**
     * {@return the URL for Reactor Netty, which parses a port of one digit as part of the host name, and drops the zone of an IPv6
     * address, which no server is told anyway}
     */
    String reactorNettyUrl() {
        return scheme + "://" + host.replaceFirst("%[^]]*", "") + ":" + (port < 10 ? "0" : "") + port + path;
    }

    /** {@return the IPv6 address with its zone, as {@code fe80::1%eth0}; null when the host has no zone} */
    @Nullable
    String zonedAddress() {
        return host.indexOf('%') < 0 ? null : host.substring(1, host.length() - 1);
    }

    /** {@return whether this is Ollama's cloud, which alone gets the environment's key} */
    boolean isCloud() {
        return scheme.equals("https") && (host.equals("ollama.com") || host.endsWith(".ollama.com"));
    }

    /** {@return the URL without credentials} */
    @Override
    public String toString() {
        return url();
    }
}
