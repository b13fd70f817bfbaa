package org.signetmail.local.stack;

import java.time.Duration;

/** Is told what happens to the parts, from several threads. */
public interface Progress {
    Progress SILENT = new Progress() {
        @Override
        public void ready(Part part, Duration after, String where) {
            // Nobody looks.
        }

        @Override
        public void stopped(Part part) {
            // Nobody looks.
        }

        @Override
        public void note(String what) {
            // Nobody looks.
        }
    };

    /**
     * A part is ready.
     *
     * @param after time since the part was started
     * @param where its listeners, for people
     */
    void ready(Part part, Duration after, String where);

    void stopped(Part part);

    /** Something else that one should know. */
    void note(String what);
}
