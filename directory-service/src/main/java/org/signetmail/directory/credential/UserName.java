package org.signetmail.directory.credential;

import java.util.Optional;

/**
 * What a client calls itself: a login, or {@code login+id}, which asks for that application password and no other. SCRAM
 * needs it, as its exchange begins with the name alone (decision 54); a login has no plus.
 */
record UserName(Login login, Optional<String> credential) {
    /** Empty when it can be nobody's name. */
    static Optional<UserName> of(String text) {
        int plus = text.indexOf('+');
        if (plus < 0) {
            return Login.of(text).map(login -> new UserName(login, Optional.empty()));
        }
        Optional<String> id = GeneratedPassword.id(text.substring(plus + 1));
        return Login.of(text.substring(0, plus)).filter(_ -> id.isPresent()).map(login -> new UserName(login, id));
    }
}
