package org.signetmail.edge.relay;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The virtual threads of one destination, and what is in hand for it: what waits for them, and what they have. */
final class Lane {
    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads;
    private final Room room;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong octets = new AtomicLong();

    Lane(String name, int concurrency, Room room) {
        this.room = room;
        threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofVirtual().name("relay-" + name + "-", 1).factory());
        // Of MX routes there are thousands, most of them with nothing to do.
        threads.allowCoreThreadTimeOut(true);
    }

    ExecutorService threads() {
        return threads;
    }

    void add(InHand mail) {
        int size = mail.message().content().length;
        messages.incrementAndGet();
        octets.addAndGet(size);
        room.take(size);
    }

    void remove(InHand mail) {
        int size = mail.message().content().length;
        messages.decrementAndGet();
        octets.addAndGet(-size);
        room.giveBack(size);
    }

    boolean isEmpty() {
        return messages.get() == 0;
    }

    int messages() {
        return messages.get();
    }

    long octets() {
        return octets.get();
    }

    boolean mayGrow() {
        return room.hasMoreFor(messages.get(), octets.get());
    }

    /** Whether so much has left it that reading for it again is worth while. */
    boolean mayGrowMuch() {
        return room.hasMoreFor(2 * messages.get(), 2 * octets.get());
    }
}
