package org.signetmail.bench.scenario;

/**
 * Who signs in: one account, or numbered ones in turn.
 *
 * @param login of the one account
 * @param number of numbered accounts that send; 0: the one account does
 * @param every so manieth account of the directory is one of them, so that they are spread over all of it
 */
public record Senders(String login, String password, int number, int every) {
    /** Of an installation whose numbered accounts, if it has any, do not sign in. */
    public static final Senders NOBODY = new Senders("", "", 0, 1);

    private static final String PASSWORD = "load-password";
    private static final int DOMAINS = 100;

    /** Login, password and primary address. */
    public record Account(String login, String password, String address) {}

    public static Senders one(String login, String password) {
        return new Senders(login, password, 0, 1);
    }

    /** So many of a directory with so many numbered accounts. */
    static Senders among(int number, int accounts) {
        return new Senders("", PASSWORD, number, Math.max(1, accounts / number));
    }

    /** Numbered accounts in turn; the address of the one account is what the scenario says. */
    public Account account(long turn, String address) {
        if (number == 0) {
            return new Account(login, password, address);
        }
        int account = (int) (turn % number) * every;
        return new Account(login(account), password, address(account));
    }

    /** Whether this numbered account of the directory signs in, and so needs a password. */
    public boolean includes(int account) {
        return account % every == 0 && account / every < number;
    }

    public static String login(int account) {
        return "user%07d".formatted(account);
    }

    public static String address(int account) {
        return "user%d@%s".formatted(account, domain(account));
    }

    /** The accounts are spread over a hundred domains. */
    public static String domain(int account) {
        return "d%03d.bench.test".formatted(account % DOMAINS);
    }
}
