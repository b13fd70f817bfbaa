package org.signetmail.edge.proxy;

import java.io.IOException;

/** What a proxy sent is no PROXY header; nothing behind it can be trusted. */
public final class MalformedProxyHeader extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedProxyHeader(String message) {
        super(message);
    }
}
