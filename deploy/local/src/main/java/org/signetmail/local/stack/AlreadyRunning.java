package org.signetmail.local.stack;

import org.signetmail.local.process.ProcessRecord;

/** Another process holds the stack of this directory. */
public final class AlreadyRunning extends RuntimeException {
    private static final long serialVersionUID = 1;

    AlreadyRunning(Home home) {
        super("Signet is already running (%s). See ./signet status; stop it with ./signet down"
                .formatted(home.supervisor()
                        .map(ProcessRecord::pid)
                        .map(pid -> "process " + pid)
                        .orElse("it is just starting")));
    }
}
