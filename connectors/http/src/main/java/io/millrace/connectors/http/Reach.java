package io.millrace.connectors.http;

import java.net.Inet4Address;
import java.net.InetAddress;

/** From how far away an address can be reached. */
enum Reach {
    PUBLIC("a public address"),
    PRIVATE("an address of a private network"),
    MACHINE("an address of this machine"),
    /** 169.254.0.0/16, where clouds hand out a machine's own credentials. */
    LINK("an address of the network link, where clouds hand out credentials");

    private final String words;

    Reach(String words) {
        this.words = words;
    }

    static Reach of(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return MACHINE;
        }
        boolean four = address instanceof Inet4Address;
        if (address.isLinkLocalAddress()) {
            // Many a name in a house has an address of the newer protocol's link beside its others.
            return four ? LINK : PRIVATE;
        }
        return address.isSiteLocalAddress() || isPrivate(address.getAddress(), four) ? PRIVATE : PUBLIC;
    }

    /** What {@link InetAddress} does not know: carriers' networks (RFC 6598), and unique local addresses (RFC 4193). */
    private static boolean isPrivate(byte[] address, boolean four) {
        return four ? (address[0] & 0xff) == 100 && (address[1] & 0xc0) == 64 : (address[0] & 0xfe) == 0xfc;
    }

    @Override
    public String toString() {
        return words;
    }
}
