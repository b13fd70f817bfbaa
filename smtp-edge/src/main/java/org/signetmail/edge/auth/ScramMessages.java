package org.signetmail.edge.auth;

import com.ongres.scram.common.StringPreparation;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The client's two messages, read strictly (RFC 5802 section 7). What does not follow the grammar gives nothing. */
final class ScramMessages {
    private ScramMessages() {}

    /** Whether the client binds the channel, RFC 5802 section 6. */
    enum Binding {
        /** It cannot. */
        NONE,
        /** It can, and believes that the server cannot. */
        NOT_OFFERED,
        USED
    }

    /**
     * The client's first message.
     *
     * @param type channel binding type; empty unless the binding is used
     * @param gs2Header up to and with its second comma
     * @param bare what is behind the header
     * @param login prepared (RFC 4013)
     */
    record First(Binding binding, String type, String gs2Header, String bare, String login, String nonce) {
        static Optional<First> read(String message) {
            List<String> parts = parts(message);
            if (parts.size() < 4 || !isAttribute(parts.get(2), 'n') || !isAttribute(parts.get(3), 'r')) {
                return Optional.empty(); // behind the header an m= too, which asks for extensions: none are supported
            }
            String flag = parts.getFirst();
            String authzid = parts.get(1);
            Optional<Binding> binding = binding(flag);
            Optional<String> name = SaslName.read(parts.get(2).substring(2));
            Optional<String> login = name.flatMap(ScramMessages::prepared);
            boolean asItself = authzid.isEmpty()
                    || isAttribute(authzid, 'a')
                            && SaslName.read(authzid.substring(2)).equals(name);
            String nonce = parts.get(3).substring(2);
            if (binding.isEmpty() || login.isEmpty() || !asItself || !isNonce(nonce) || !areExtensions(parts, 4)) {
                return Optional.empty();
            }
            String gs2Header = flag + "," + authzid + ",";
            return Optional.of(new First(
                    binding.get(),
                    binding.get() == Binding.USED ? flag.substring(2) : "",
                    gs2Header,
                    message.substring(gs2Header.length()),
                    login.get(),
                    nonce));
        }

        private static Optional<Binding> binding(String flag) {
            return switch (flag) {
                case "n" -> Optional.of(Binding.NONE);
                case "y" -> Optional.of(Binding.NOT_OFFERED);
                default -> flag.matches("p=[A-Za-z0-9.-]+") ? Optional.of(Binding.USED) : Optional.empty();
            };
        }
    }

    /**
     * The client's second message.
     *
     * @param channelBinding GS2 header and channel binding data as the client saw them
     * @param withoutProof what the proof covers
     */
    record Final(byte[] channelBinding, String nonce, String withoutProof, byte[] proof) {
        static Optional<Final> read(String message) {
            List<String> parts = parts(message);
            int last = parts.size() - 1;
            if (last < 2
                    || !isAttribute(parts.getFirst(), 'c')
                    || !isAttribute(parts.get(1), 'r')
                    || !areExtensions(parts.subList(0, last), 2)
                    || !isAttribute(parts.get(last), 'p')) {
                return Optional.empty();
            }
            Optional<byte[]> binding = base64(parts.getFirst().substring(2));
            Optional<byte[]> proof = base64(parts.get(last).substring(2));
            if (binding.isEmpty() || proof.isEmpty()) {
                return Optional.empty();
            }
            int proofBegins = message.length() - parts.get(last).length() - 1;
            return Optional.of(new Final(
                    binding.get(), parts.get(1).substring(2), message.substring(0, proofBegins), proof.get()));
        }
    }

    private static List<String> parts(String message) {
        return Arrays.asList(message.split(",", -1));
    }

    private static boolean isAttribute(String part, char name) {
        return part.length() > 2 && part.charAt(0) == name && part.charAt(1) == '=';
    }

    /** Extensions that a server may ignore are a letter, an equals sign and a value. */
    private static boolean areExtensions(List<String> parts, int from) {
        return parts.stream()
                .skip(from)
                .allMatch(part -> part.length() > 2 && Character.isLetter(part.charAt(0)) && part.charAt(1) == '=');
    }

    private static Optional<String> prepared(String name) {
        try {
            String prepared = new String(StringPreparation.SASL_PREPARATION.normalize(name.toCharArray()));
            return prepared.isEmpty() ? Optional.empty() : Optional.of(prepared);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException prohibited) {
            return Optional.empty(); // the latter where nothing is left, as of a lone soft hyphen (saslprep 2.2)
        }
    }

    private static boolean isNonce(String nonce) {
        return nonce.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static Optional<byte[]> base64(String text) {
        try {
            byte[] octets = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(octets).equals(text) ? Optional.of(octets) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
