package org.signetmail.edge.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.signetmail.edge.network.Network;
import org.signetmail.edge.proxy.MalformedProxyHeader;
import org.signetmail.edge.proxy.ProxyHeader;

/** The hosts that pass on other hosts' connections and say whose. Nobody else is believed, or even asked. */
final class Proxies {
    private final List<Network> networks;
    private final Duration limit;

    /** @param limit for the whole of a header */
    Proxies(List<Network> networks, Duration limit) {
        this.networks = List.copyOf(networks);
        this.limit = limit;
    }

    /**
     * Who is at the other end, behind a proxy or not. A proxy's header is read, and nothing behind it.
     *
     * @throws MalformedProxyHeader when a proxy sends anything else, or nothing in time
     */
    InetAddress client(Socket socket) throws IOException {
        InetAddress peer = socket.getInetAddress();
        if (networks.stream().noneMatch(network -> network.contains(peer))) {
            return peer;
        }
        try {
            return ProxyHeader.read(new InTime(socket, limit)).orElse(peer);
        } catch (SocketTimeoutException _) {
            throw new MalformedProxyHeader("no PROXY header within " + limit);
        }
    }

    /** Reads from a socket until the time is over, however slowly the octets come. */
    private static final class InTime extends InputStream {
        private final Socket socket;
        private final InputStream input;
        private final Patience patience;

        private InTime(Socket socket, Duration limit) throws IOException {
            this.socket = socket;
            this.input = socket.getInputStream();
            this.patience = Patience.within(limit);
        }

        @Override
        public int read() throws IOException {
            socket.setSoTimeout(patience.millisLeft(0));
            return input.read();
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            socket.setSoTimeout(patience.millisLeft(0));
            return input.read(octets, offset, length);
        }
    }
}
