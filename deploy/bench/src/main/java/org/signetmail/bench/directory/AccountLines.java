package org.signetmail.bench.directory;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The body of an import, made while it is read: accounts with three addresses each. */
final class AccountLines extends InputStream {
    private final int end;
    private int next;
    private byte[] line = {};
    private int position;

    /** Accounts from the first number up to, and without, the second. */
    AccountLines(int begin, int end) {
        this.next = begin;
        this.end = end;
    }

    static String login(int number) {
        return "user%07d".formatted(number);
    }

    @Override
    public int read() {
        return fill() ? line[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int done = 0;
        while (done < length && fill()) {
            int part = Math.min(length - done, line.length - position);
            System.arraycopy(line, position, into, offset + done, part);
            position += part;
            done += part;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    private boolean fill() {
        if (position == line.length && next < end) {
            line = line(next++).getBytes(StandardCharsets.UTF_8);
            position = 0;
        }
        return position < line.length;
    }

    private static String line(int number) {
        String domain = "d%03d.bench.test".formatted(number % 100);
        return ("{\"login\":\"%s\",\"displayName\":\"User %d\",\"addresses\":["
                        + "{\"address\":\"user%d@%s\",\"primary\":true},"
                        + "{\"address\":\"first.last.%d@%s\"},{\"address\":\"u-%d@%s\"}]}\n")
                .formatted(login(number), number, number, domain, number, domain, number, domain);
    }
}
