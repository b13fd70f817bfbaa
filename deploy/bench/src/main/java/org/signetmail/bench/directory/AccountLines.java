package org.signetmail.bench.directory;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.signetmail.bench.scenario.Senders;

/** The body of an import, made while it is read: accounts with three addresses each. */
final class AccountLines extends InputStream {
    private final int end;
    private final Senders senders;
    private int next;
    private byte[] line = {};
    private int position;

    /** Accounts from the first number up to, and without, the second; those that sign in have a password. */
    AccountLines(int begin, int end, Senders senders) {
        this.next = begin;
        this.end = end;
        this.senders = senders;
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

    private String line(int number) {
        String domain = Senders.domain(number);
        String password = senders.includes(number) ? "\"password\":\"" + senders.password() + "\"," : "";
        return ("{\"login\":\"%s\",\"displayName\":\"User %d\",%s\"addresses\":["
                        + "{\"address\":\"%s\",\"primary\":true},"
                        + "{\"address\":\"first.last.%d@%s\"},{\"address\":\"u-%d@%s\"}]}\n")
                .formatted(
                        Senders.login(number),
                        number,
                        password,
                        Senders.address(number),
                        number,
                        domain,
                        number,
                        domain);
    }
}
