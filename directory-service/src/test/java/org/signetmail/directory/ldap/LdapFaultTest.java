package org.signetmail.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.ldap.Workbench.everything;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.directory.ldap.Synchronisation.Report;
import org.signetmail.directory.ldap.Synchronisation.State;
import org.signetmail.directory.ldap.Synchroniser.Request;
import org.signetmail.directory.parts.LdapServer;

/** A server that numbers its changes as Active Directory does, and one that ends in the middle of its answer. */
class LdapFaultTest {
    @TempDir
    static Path directory;

    private static Workbench bench;

    /** What a test has the server do. */
    private static final class Ill extends InMemoryOperationInterceptor {
        private volatile int searchesThatSucceed = Integer.MAX_VALUE;
        private volatile String invocation = "server-a";
        private volatile String highest = "1000";

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
            boolean people = request.getRequest().getFilter().toString().contains("mail");
            if (people && searchesThatSucceed-- <= 0) {
                throw new LDAPException(ResultCode.BUSY, "Ill");
            }
        }

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry answer) {
            if (answer.getSearchEntry().getDN().isEmpty()) {
                Entry root = answer.getSearchEntry().duplicate();
                root.setAttribute("highestCommittedUSN", highest);
                root.setAttribute("dsServiceName", "cn=" + invocation + "," + LdapServer.BASE);
                answer.setSearchEntry(root);
            }
        }
    }

    private Ill ill;
    private LdapServer server;
    private Synchroniser synchroniser;

    @BeforeAll
    static void start() {
        bench = new Workbench(directory);
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @BeforeEach
    void twoServersAndFivePeople() throws LDAPException {
        bench.clear();
        ill = new Ill();
        server = LdapServer.start(ill);
        for (String name : new String[] {"server-a", "server-b"}) {
            server.add("cn", name, new Attribute("invocationId", name));
        }
        for (int i = 1; i <= 5; i++) {
            server.person("user-" + i, usn(1000 + i));
        }
        ill.highest = "1005";
        synchroniser = bench.synchroniser(bench.config(
                "ldap://127.0.0.1:" + server.port(),
                Map.of("signet.ldap.page-size", "2", "signet.ldap.withdrawal-limit", "100")));
        assertEquals(5, synchroniser.run(Request.SCHEDULED).report().created());
    }

    @Test
    void changesAreReadByTheirNumbers() throws LDAPException {
        assertEquals(0, synchroniser.run(Request.SCHEDULED).report().entries());
        server.person("user-6", usn(1006));
        ill.highest = "1006";
        Report report = synchroniser.run(Request.SCHEDULED).report();
        assertFalse(report.everything());
        assertEquals(1, report.entries());
        assertEquals(1, report.created());
    }

    @Test
    void theNumbersOfAnotherServerMeanSomethingElse() throws LDAPException {
        server.person("user-6", usn(900));
        ill.invocation = "server-b";
        ill.highest = "900";
        Report report = synchroniser.run(Request.SCHEDULED).report();
        assertTrue(report.everything());
        assertEquals(1, report.created());
    }

    @Test
    void anAnswerThatEndsInTheMiddleChangesNothing() throws LDAPException {
        server.delete("user-1");
        server.person("user-6", usn(1006));
        ill.searchesThatSucceed = 1;
        Synchronisation failed = synchroniser.run(everything());
        assertEquals(State.FAILED, failed.state());
        assertTrue(bench.account("user-1").isPresent());
        assertTrue(bench.account("user-6").isEmpty());
        ill.searchesThatSucceed = Integer.MAX_VALUE;
        Report report = synchroniser.run(everything()).report();
        assertEquals(1, report.deleted());
        assertEquals(1, report.created());
    }

    @Test
    void aPersonMadeAnewGoesOnWithTheAccount() throws LDAPException {
        server.delete("user-1");
        server.person("user-1", usn(1006));
        Report report = synchroniser.run(everything()).report();
        assertEquals(0, report.deleted());
        assertTrue(bench.account("user-1").isPresent());
        server.delete("user-1");
        assertEquals(1, synchroniser.run(everything()).report().deleted());
    }

    private static Attribute usn(int number) {
        return new Attribute("uSNChanged", Integer.toString(number));
    }
}
