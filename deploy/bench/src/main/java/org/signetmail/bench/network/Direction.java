package org.signetmail.bench.network;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;

/** One direction of a connection over a link: what was read waits for its time to be written. */
final class Direction {
    private static final int PIECE = 64 * 1024;
    private static final int PIECES = 64;
    private static final Piece END = new Piece(new byte[0], 0);

    private final Socket from;
    private final Socket to;
    private final Weather weather;
    private final ExecutorService threads;
    private final BlockingQueue<Piece> way = new ArrayBlockingQueue<>(PIECES);

    private record Piece(byte[] octets, long cameAt) {}

    Direction(Socket from, Socket to, Weather weather, ExecutorService threads) {
        this.from = from;
        this.to = to;
        this.weather = weather;
        this.threads = threads;
    }

    /** Until the sender has ended, and all that it sent is written. */
    void run() {
        var _ = threads.submit(() -> {
            read();
            return null;
        });
        try {
            Piece piece = way.take();
            while (piece.octets().length > 0) {
                weather.awaitPassage(piece.cameAt());
                to.getOutputStream().write(piece.octets());
                piece = way.take();
            }
            weather.awaitPassage(System.nanoTime());
            to.shutdownOutput();
        } catch (IOException e) {
            abort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abort();
        }
    }

    private void read() throws InterruptedException {
        var buffer = new byte[PIECE];
        try {
            int length = from.getInputStream().read(buffer);
            while (length >= 0) {
                way.put(new Piece(Arrays.copyOf(buffer, length), System.nanoTime()));
                length = from.getInputStream().read(buffer);
            }
        } catch (IOException e) {
            // Reset: the other end learns of it as of an end.
        }
        way.put(END);
    }

    /** The other end is gone: its peer is told, by a connection that is closed. */
    private void abort() {
        try {
            from.close();
            to.close();
        } catch (IOException e) {
            System.err.println("A connection of a link was not closed: " + e);
        }
    }
}
