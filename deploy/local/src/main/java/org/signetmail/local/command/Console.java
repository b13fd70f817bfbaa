package org.signetmail.local.command;

import java.time.Duration;
import java.util.Locale;
import org.signetmail.local.stack.Part;
import org.signetmail.local.stack.Progress;

/** Progress as lines on the terminal: one per part. */
final class Console implements Progress {
    @Override
    public void ready(Part part, Duration after, String where) {
        System.out.printf(Locale.ROOT, "  %-18s ready in %4.1f s   %s%n", part.label(), seconds(after), where);
    }

    @Override
    public void stopped(Part part) {
        System.out.println("  " + part.label() + " stopped");
    }

    @Override
    public void note(String what) {
        System.out.println(what);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
