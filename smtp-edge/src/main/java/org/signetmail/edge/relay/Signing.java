package org.signetmail.edge.relay;

import java.time.Clock;
import java.util.Optional;
import org.signetmail.edge.dkim.Signer;
import org.signetmail.edge.dkim.Signer.Result;
import org.signetmail.edge.dkim.SigningKeys;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.RelayMetrics.Signed;

/**
 * Signatures of what goes out, made when it does: a message that waited for days has one by a key that is still published
 * (decision 0061).
 */
interface Signing {
    Signing NONE = _ -> new byte[0];

    /** Header fields to stand on top of the message; none when it goes out unsigned. */
    byte[] of(OutboundMessage message);

    static Signing by(Optional<SigningKeys> keys, Clock clock, RelayMetrics metrics) {
        return keys.map(present -> new Signer(present, clock))
                .<Signing>map(signer -> message -> sign(signer, message, metrics))
                .orElse(NONE);
    }

    private static byte[] sign(Signer signer, OutboundMessage message, RelayMetrics metrics) {
        return switch (signer.sign(message.content(), message.fromDomains())) {
            case Result.Signed(byte[] fields) -> {
                metrics.count(Signed.SIGNED);
                yield fields;
            }
            case Result.NoKey() -> {
                metrics.count(Signed.NO_KEY);
                yield new byte[0];
            }
            case Result.Failed() -> {
                metrics.count(Signed.FAILED);
                yield new byte[0];
            }
        };
    }
}
