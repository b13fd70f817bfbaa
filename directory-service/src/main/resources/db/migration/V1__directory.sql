-- The directory: who may sign in, which addresses are theirs, what was granted to them.

-- One row. Every write transaction raises `version` first and thereby waits for the one before: versions and outbox rows
-- become visible in the order of their numbers, and writers never deadlock. `domains` is the version of the last change of
-- any domain, which concerns every account.
CREATE TABLE directory_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint NOT NULL,
    domains  bigint NOT NULL
);
INSERT INTO directory_version (version, domains) VALUES (0, 0);

CREATE TABLE domain (
    name                      text PRIMARY KEY, -- A-label, lower case
    mode                      text NOT NULL CHECK (mode IN ('enforce', 'report', 'off')),
    subaddress_delimiter      text CHECK (char_length(subaddress_delimiter) = 1),
    case_sensitive_local_part boolean NOT NULL
);

CREATE TABLE account (
    login        text COLLATE "C" PRIMARY KEY CHECK (login ~ '^[a-z0-9._@-]{1,64}$'),
    display_name text,
    enabled      boolean NOT NULL,
    version      bigint NOT NULL -- of the last change of what the account may use, its grants included
);

CREATE TABLE address (
    canonical  text COLLATE "C" PRIMARY KEY, -- an address belongs to one account
    account    text COLLATE "C" NOT NULL REFERENCES account ON DELETE CASCADE,
    address    text NOT NULL,
    domain     text NOT NULL, -- canonical; need not be registered
    is_primary boolean NOT NULL,
    position   integer NOT NULL
);
CREATE UNIQUE INDEX address_one_primary ON address (account) WHERE is_primary;
CREATE INDEX address_of_account ON address (account, position);
CREATE INDEX address_of_domain ON address (domain);

CREATE TABLE account_grant (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account        text COLLATE "C" NOT NULL REFERENCES account ON DELETE CASCADE,
    type           text NOT NULL CHECK (type IN ('send-as', 'send-on-behalf')),
    target         text NOT NULL, -- as given
    target_key     text COLLATE "C" NOT NULL, -- canonical, for look-ups
    target_domain  text, -- of an address or of *@domain
    target_account text COLLATE "C" REFERENCES account ON DELETE CASCADE,
    valid_from     timestamptz,
    valid_until    timestamptz,
    reason         text,
    granted_by     text NOT NULL,
    granted_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (valid_from < valid_until),
    CHECK (num_nonnulls(target_domain, target_account) = 1)
);
CREATE INDEX grant_of_account ON account_grant (account);
CREATE INDEX grant_of_target ON account_grant (target_key);
CREATE INDEX grant_of_target_account ON account_grant (target_account) WHERE target_account IS NOT NULL;

-- RFC 5802 section 3: what a server keeps instead of the password.
CREATE TABLE credential (
    account    text COLLATE "C" PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    salt       bytea NOT NULL,
    iterations integer NOT NULL CHECK (iterations > 0),
    stored_key bytea NOT NULL,
    server_key bytea NOT NULL
);

-- Changes that are committed and not yet published; deleted after Kafka's acknowledgement.
CREATE TABLE outbox (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL DEFAULT gen_random_uuid(),
    account  text,
    domain   text,
    version  bigint NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (num_nonnulls(account, domain) = 1)
);
