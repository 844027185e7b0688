package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Asks before each request where the origin's name leads to, so that requests and what shows who asks do not follow a name
 * that has come to lead elsewhere: out of a private network, or into one. What the name's first addresses were like, all
 * later ones have to be like. An origin that is written as an address leads nowhere else; one behind a proxy is the proxy's
 * to find. Thread-safe.
 */
final class AddressGuard {
    private final Origin origin;
    private final NameService names;
    private final boolean needed;
    private Set<Reach> first;

    AddressGuard(Origin origin, NameService names) {
        this.origin = origin;
        this.names = names;
        this.needed = !origin.isAddress() && !isProxied(origin);
    }

    private static boolean isProxied(Origin origin) {
        ProxySelector proxies = ProxySelector.getDefault();
        return proxies != null
                && proxies.select(URI.create(origin.toString())).stream()
                        .anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    /** Fails where nothing should be sent. */
    void check(Stop stop, Duration longest) throws Failed, TimeoutException {
        if (!needed) {
            return;
        }
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        // A question to a name service cannot be interrupted, so that a stop has to leave it behind.
        Thread asking = new Thread(() -> ask(answer), "name-of-" + origin.host());
        asking.setDaemon(true);
        asking.start();
        try {
            judge(stop.await(answer, longest));
        } catch (ExecutionException unknown) {
            throw Failed.forNow(
                    ErrorKind.UNAVAILABLE, "cannot connect (no address of " + origin.host() + " is known)", unknown);
        }
    }

    private void ask(CompletableFuture<InetAddress[]> answer) {
        try {
            answer.complete(names.addresses(origin.host()));
        } catch (UnknownHostException | RuntimeException unknown) {
            answer.completeExceptionally(unknown);
        }
    }

    private synchronized void judge(InetAddress[] addresses) throws Failed {
        EnumSet<Reach> now = EnumSet.noneOf(Reach.class);
        for (InetAddress address : addresses) {
            Reach reach = Reach.of(address);
            now.add(reach);
            if (reach == Reach.LINK) {
                throw refused(address, reach, "; write the address itself as url where that is meant");
            }
            if (first != null && !first.contains(reach)) {
                throw refused(
                        address, reach, ", where before there was " + shown(first) + "; run again where that is right");
            }
        }
        if (first == null) {
            first = now;
        }
    }

    private static String shown(Set<Reach> reaches) {
        return String.join(", ", reaches.stream().map(Reach::toString).toList());
    }

    private Failed refused(InetAddress address, Reach reach, String rest) {
        return Failed.finallyWith(
                ErrorKind.DENIED,
                "nothing was sent: " + origin.host() + " leads to " + address.getHostAddress() + ", " + reach + rest);
    }
}
