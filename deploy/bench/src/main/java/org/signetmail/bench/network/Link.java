package org.signetmail.bench.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The network between two parts: carries TCP from a loopback port of its own to another one, and can be slow or cut. What
 * is on the way while it is cut arrives when it is mended, as TCP sends again what was lost.
 */
public final class Link implements AutoCloseable {
    private static final int BACKLOG = 1000;
    private static final int CONNECT_MILLIS = 5_000;

    private final ServerSocket listener;
    private final int target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Weather weather = new Weather();

    private Link(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Carries to this port what comes to {@link #port()}. */
    public static Link to(int target) throws IOException {
        var link = new Link(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), target);
        link.threads.execute(link::acceptUntilClosed);
        return link;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on everything takes longer by this, in each direction. */
    public void delay(Duration delay) {
        weather.delay(delay);
    }

    /** From now on nothing arrives, and nobody is told. */
    public void cut() {
        weather.cut();
    }

    /** Neither slow nor cut. */
    public void mend() {
        weather.clear();
    }

    private void acceptUntilClosed() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                sockets.add(near);
                threads.execute(() -> carry(near));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    System.err.println("A link to port " + target + " takes no connections: " + e);
                }
                return;
            }
        }
    }

    private void carry(Socket near) {
        var far = new Socket();
        sockets.add(far);
        try (near;
                far) {
            weather.awaitPassage(System.nanoTime());
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            var back = threads.submit(() -> new Direction(far, near, weather, threads).run());
            new Direction(near, far, weather, threads).run();
            back.get();
        } catch (IOException e) {
            // The other end is not there: so the near end finds its connection closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A link failed", e.getCause());
        } finally {
            sockets.remove(near);
            sockets.remove(far);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        weather.clear();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
