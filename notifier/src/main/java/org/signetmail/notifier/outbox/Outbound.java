package org.signetmail.notifier.outbox;

import java.util.List;

/** Where mails go on their way to the relay. */
public interface Outbound {
    /** Returns when every mail is durable there; when it throws, any of them may be there. */
    void publish(List<Outbox.Pending> mails) throws Unpublished;

    /** Not all of the mails were acknowledged. */
    final class Unpublished extends Exception {
        private static final long serialVersionUID = 1;

        public Unpublished(String what, Throwable cause) {
            super(what, cause);
        }
    }
}
