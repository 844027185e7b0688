package io.millrace.connectors.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Says which addresses a name leads to now. */
interface NameService {
    /** That of this machine, whose answers the JVM keeps for half a minute, for the client that connects too. */
    NameService SYSTEM = InetAddress::getAllByName;

    InetAddress[] addresses(String host) throws UnknownHostException;
}
