package org.signetmail.edge.auth;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * SCRAM-SHA-256 and SCRAM-SHA-256-PLUS over a stored verifier (RFC 5802, RFC 7677; decision 0015). Whatever is wrong but
 * well-formed ends in the same denial, an account that does not exist too: its decoy makes the exchange look alike.
 */
final class ScramExchange implements SaslExchange {
    private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
    private static final int PROOF_OCTETS = 32;

    private enum Turn {
        FIRST,
        VERIFIER,
        FINAL,
        DONE
    }

    private final boolean plus;
    private final Optional<SecureChannel> channel;
    private final String serverNonce;
    private Turn turn = Turn.FIRST;
    private ScramMessages.First first;
    private ScramVerifier verifier;
    private String serverFirst;
    private Optional<String> serverFinal = Optional.empty();

    /** @param channel TLS that a client may bind to, and under which -PLUS was offered */
    ScramExchange(boolean plus, Optional<SecureChannel> channel, String serverNonce) {
        this.plus = plus;
        this.channel = channel;
        this.serverNonce = serverNonce;
    }

    @Override
    public Step respond(byte[] response) {
        Optional<String> message = SaslExchange.utf8(response);
        return switch (turn) {
            case FIRST ->
                message.flatMap(ScramMessages.First::read).map(this::begin).orElseGet(Step.Malformed::new);
            case FINAL ->
                message.flatMap(ScramMessages.Final::read)
                        .filter(last -> last.proof().length == PROOF_OCTETS)
                        .map(this::conclude)
                        .orElseGet(Step.Malformed::new);
            case VERIFIER, DONE -> throw new IllegalStateException("No response is due");
        };
    }

    private Step begin(ScramMessages.First message) {
        first = message;
        if (!bindingFits()) {
            return denied();
        }
        turn = Turn.VERIFIER;
        return new Step.LookUp(first.login());
    }

    /** RFC 5802 section 6: -PLUS means binding; who could bind and thinks we cannot has been lied to about our offer. */
    private boolean bindingFits() {
        return switch (first.binding()) {
            case NONE -> !plus;
            case NOT_OFFERED -> !plus && channel.isEmpty();
            case USED -> plus && boundData().isPresent();
        };
    }

    private Optional<byte[]> boundData() {
        return channel.flatMap(tls -> tls.binding().data(first.type()));
    }

    @Override
    public Step verifier(ScramVerifier found) {
        verifier = found;
        turn = Turn.FINAL;
        serverFirst = "r=" + first.nonce() + serverNonce + ",s=" + base64(found.salt()) + ",i=" + found.iterations();
        return new Step.Challenge(serverFirst);
    }

    private Step conclude(ScramMessages.Final last) {
        String authMessage = first.bare() + "," + serverFirst + "," + last.withoutProof();
        boolean proven = ScramFunctions.verifyClientProof(SHA_256, last.proof(), verifier.storedKey(), authMessage);
        boolean bound = MessageDigest.isEqual(expectedBinding(), last.channelBinding());
        boolean sameNonce = last.nonce().equals(first.nonce() + serverNonce);
        byte[] signature = ScramFunctions.serverSignature(SHA_256, verifier.serverKey(), authMessage);
        if (!proven || !bound || !sameNonce || verifier.account().isEmpty()) {
            return denied();
        }
        turn = Turn.DONE;
        serverFinal = Optional.of("v=" + base64(signature));
        var granted = new Authentication.Granted(
                verifier.account().get(),
                verifier.credential(),
                verifier.limits().orElse(AccountLimits.NONE));
        return new Step.Complete(new Credentials.Scram(first.login(), Optional.of(granted)));
    }

    /** RFC 5802 section 7: cbind-input. */
    private byte[] expectedBinding() {
        byte[] header = first.gs2Header().getBytes(StandardCharsets.UTF_8);
        byte[] data = plus ? boundData().orElseThrow() : new byte[0];
        byte[] input = new byte[header.length + data.length];
        System.arraycopy(header, 0, input, 0, header.length);
        System.arraycopy(data, 0, input, header.length, data.length);
        return input;
    }

    private Step denied() {
        turn = Turn.DONE;
        return new Step.Complete(new Credentials.Scram(first.login(), Optional.empty()));
    }

    /** RFC 4954 section 4: what comes with success goes as a challenge, which the client answers with nothing. */
    @Override
    public Optional<String> lastChallenge(Authentication outcome) {
        return outcome instanceof Authentication.Granted ? serverFinal : Optional.empty();
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
