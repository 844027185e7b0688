package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Scheme, host and port: who answers. */
record Origin(String scheme, String host, int port) {
    static Origin of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    /** True where a URI leads here and nowhere else. One without a host, or with a user in it, does not. */
    boolean owns(URI uri) {
        boolean web = uri.isAbsolute()
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?");
        return web && of(uri).equals(this);
    }

    boolean isLoopback() {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** True where no name service is asked. */
    boolean isAddress() {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    /** The URI of a setting, which must be an http or https URL without user and fragment. */
    static URI checkUrl(String key, String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidSetting(key, "is not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
        if (uri.getScheme() == null || !uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")) {
            throw new InvalidSetting(key, "must begin with http:// or https://");
        }
        if (uri.getHost() == null) {
            throw new InvalidSetting(key, "names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new InvalidSetting(key, "must not hold a user or password; write them under auth");
        }
        if (uri.getRawFragment() != null) {
            throw new InvalidSetting(key, "must not have a part behind #");
        }
        return uri;
    }

    @Override
    public String toString() {
        boolean usual = port == (isEncrypted() ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
