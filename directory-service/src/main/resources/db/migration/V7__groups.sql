-- Groups, what they may use and what of theirs others may use; bounds of grants; administrators of domains.

CREATE TABLE mail_group (
    name         text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[a-z0-9._@-]{1,64}$'),
    display_name text
);

-- Groups may be members of groups; that they form no circle is checked when one is added (class Nesting).
CREATE TABLE group_member (
    group_name   text COLLATE "C" NOT NULL REFERENCES mail_group ON DELETE CASCADE,
    account      text COLLATE "C" REFERENCES account ON DELETE CASCADE,
    member_group text COLLATE "C" REFERENCES mail_group ON DELETE CASCADE,
    member       text COLLATE "C" NOT NULL GENERATED ALWAYS AS (coalesce(account, 'group:' || member_group)) STORED,
    PRIMARY KEY (group_name, member),
    CHECK (num_nonnulls(account, member_group) = 1),
    CHECK (member_group <> group_name)
);
CREATE INDEX group_member_account ON group_member (account) WHERE account IS NOT NULL;
CREATE INDEX group_member_group ON group_member (member_group) WHERE member_group IS NOT NULL;

-- An address belongs to one account or to one group.
ALTER TABLE address
    ALTER COLUMN account DROP NOT NULL,
    ADD COLUMN group_name text COLLATE "C" REFERENCES mail_group ON DELETE CASCADE,
    ADD COLUMN owner      text COLLATE "C" NOT NULL
        GENERATED ALWAYS AS (coalesce(account, 'group:' || group_name)) STORED,
    ADD CONSTRAINT address_has_one_owner CHECK (num_nonnulls(account, group_name) = 1);
CREATE UNIQUE INDEX address_one_primary_of_group ON address (group_name) WHERE is_primary AND group_name IS NOT NULL;
CREATE INDEX address_of_group ON address (group_name, position) WHERE group_name IS NOT NULL;

-- A grant is given to an account or to a group, on an address, a domain, an account or a group. Without a bound it holds
-- anywhere; an empty one would hold nowhere.
ALTER TABLE account_grant
    ALTER COLUMN account DROP NOT NULL,
    ADD COLUMN group_name   text COLLATE "C" REFERENCES mail_group ON DELETE CASCADE,
    ADD COLUMN grantee      text COLLATE "C" NOT NULL
        GENERATED ALWAYS AS (coalesce(account, 'group:' || group_name)) STORED,
    ADD COLUMN target_group text COLLATE "C" REFERENCES mail_group ON DELETE CASCADE,
    ADD COLUMN networks     text[] CHECK (cardinality(networks) > 0), -- CIDR
    ADD COLUMN credentials  text[] CHECK (cardinality(credentials) > 0), -- ids of application passwords
    DROP CONSTRAINT account_grant_check1,
    ADD CONSTRAINT grant_has_one_target CHECK (num_nonnulls(target_domain, target_account, target_group) = 1),
    ADD CONSTRAINT grant_has_one_grantee CHECK (num_nonnulls(account, group_name) = 1),
    ADD CONSTRAINT grant_to_group_without_credentials CHECK (group_name IS NULL OR credentials IS NULL);
CREATE INDEX grant_of_grantee ON account_grant (grantee);
CREATE INDEX grant_of_group ON account_grant (group_name) WHERE group_name IS NOT NULL;
CREATE INDEX grant_of_target_group ON account_grant (target_group) WHERE target_group IS NOT NULL;

-- A change of so many accounts that naming them would be longer than having everything read anew. Of it, as of a change of
-- a domain, directory_version.domains is the version: that of the last change which concerns every account.
ALTER TABLE outbox
    ADD COLUMN group_name text,
    DROP CONSTRAINT outbox_check,
    ADD CONSTRAINT outbox_is_of_one CHECK (num_nonnulls(account, domain, group_name) = 1);

-- Who administers a domain, by the name in their token. A domain that is no longer registered has no administrators.
CREATE TABLE domain_administrator (
    domain        text NOT NULL REFERENCES domain ON DELETE CASCADE,
    administrator text COLLATE "C" NOT NULL,
    appointed_by  text NOT NULL,
    appointed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (domain, administrator)
);
CREATE INDEX domain_administrator_of ON domain_administrator (administrator);
