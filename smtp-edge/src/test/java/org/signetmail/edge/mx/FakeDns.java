package org.signetmail.edge.mx;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A recursive resolver over UDP and TCP, with the records of a test; it claims to validate what the test says is signed. */
public final class FakeDns implements AutoCloseable {
    private static final int TTL = 300;

    /** Names whose answers have AD, if they are asked for it. */
    public final Set<String> signed = ConcurrentHashMap.newKeySet();
    /** Names of which the server cannot tell anything now. */
    public final Set<String> failing = ConcurrentHashMap.newKeySet();
    /** Names whose answers do not fit into UDP. */
    public final Set<String> longAnswers = ConcurrentHashMap.newKeySet();

    public final AtomicInteger overTcp = new AtomicInteger();

    private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
    private final DatagramSocket udp;
    private final ServerSocket tcp;

    public FakeDns() throws IOException {
        tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serveUdp);
        Thread.ofVirtual().start(this::serveTcp);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort());
    }

    /** @param data as in a zone file */
    public FakeDns add(String name, int type, String data) {
        try {
            Name owner = Name.fromString(name, Name.root);
            records.computeIfAbsent(name, _ -> new CopyOnWriteArrayList<>())
                    .add(Record.fromString(owner, type, DClass.IN, TTL, data, Name.root));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(String name) {
        records.remove(name);
    }

    private void serveUdp() {
        var buffer = new byte[4096];
        try {
            while (true) {
                var packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()), true);
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            assert udp.isClosed() : e;
        }
    }

    private void serveTcp() {
        try {
            while (true) {
                try (Socket client = tcp.accept()) {
                    overTcp.incrementAndGet();
                    var in = new DataInputStream(client.getInputStream());
                    byte[] answer = answer(in.readNBytes(in.readUnsignedShort()), false);
                    var out = new DataOutputStream(client.getOutputStream());
                    out.writeShort(answer.length);
                    out.write(answer);
                }
            }
        } catch (IOException e) {
            assert tcp.isClosed() : e;
        }
    }

    private byte[] answer(byte[] wire, boolean overUdp) throws IOException {
        var query = new Message(wire);
        Record question = query.getQuestion();
        String name = question.getName().toString(true);
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        if (failing.contains(name)) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (overUdp && longAnswers.contains(name)) {
            answer.getHeader().setFlag(Flags.TC);
        } else {
            if (signed.contains(name) && query.getHeader().getFlag(Flags.AD)) {
                answer.getHeader().setFlag(Flags.AD);
            }
            addRecords(answer, name, question.getType());
        }
        return answer.toWire();
    }

    private void addRecords(Message answer, String name, int type) {
        if (!records.containsKey(name)) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
            return;
        }
        for (Record record : records.get(name)) {
            if (record.getType() == type) {
                answer.addRecord(record, Section.ANSWER);
            } else if (record instanceof CNAMERecord alias) {
                answer.addRecord(alias, Section.ANSWER);
                addRecords(answer, alias.getTarget().toString(true), type);
            }
        }
    }

    /** A host at an address. */
    public FakeDns host(String name, String address) {
        return add(name, Type.A, address);
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
