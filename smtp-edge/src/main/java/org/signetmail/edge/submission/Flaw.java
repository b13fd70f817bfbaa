package org.signetmail.edge.submission;

/** Everything that makes a header or an address unreadable, with the sentence that the client reads behind {@code 554}. */
enum Flaw {
    CONTROL_CHARACTER("Control character in the header"),
    INVALID_UTF8("Header is not valid UTF-8"),
    UNTERMINATED_LINE("Header line does not end with CRLF"),
    LONG_LINE("Header line is longer than 998 octets"),
    BLANK_FIRST_LINE("Empty line before the header"),
    FOLDED_FIRST_LINE("Header begins with a continuation line"),
    BLANK_CONTINUATION("Header line consists of white space only"),
    MBOX_LINE("Header has an mbox From line"),
    NO_COLON("Header line without a colon"),
    SPACE_BEFORE_COLON("Space or fold between field name and colon"),
    EMPTY_NAME("Header field without a name"),
    EIGHT_BIT_NAME("8-bit character in a field name"),
    ILLEGAL_NAME("Illegal character in a field name"),

    TWO_FIELDS("Two %s fields"),
    NO_FIELD("No %s field"),
    EMPTY_FIELD("Empty %s field"),
    RAW_8BIT("8-bit character in %s needs SMTPUTF8"),
    SEVERAL_ADDRESSES("More than one address in %s"),
    EMPTY_ENTRY("Empty entry in the address list of %s"),
    GROUP("Group syntax in %s"),
    NO_ADDRESS("Name without an address in %s"),
    ENCODED_ADDRESS_IN_NAME("Encoded @, < or > in a display name in %s"),
    AT_IN_NAME("Unquoted @ in a display name in %s"),
    ILLEGAL_CHARACTER("Illegal character in %s"),
    TEXT_AFTER_ANGLE("Text after > in %s"),
    TEXT_AFTER_ADDRESS("Text after an address in %s"),
    EMPTY_ANGLE("Empty address <> in %s"),
    NESTED_ANGLE("Nested < in %s"),
    SOURCE_ROUTE("Source route in %s"),
    UNBALANCED_ANGLE("Unbalanced < or > in %s"),
    UNBALANCED_QUOTE("Unbalanced quotation mark in %s"),
    UNBALANCED_COMMENT("Unbalanced ( or ) in %s"),
    UNBALANCED_LITERAL("Unbalanced [ or ] in %s"),
    DEEP_COMMENT("Comments nested too deeply in %s"),
    COMMENT_IN_ADDRESS("Comment inside an address in %s"),
    NEEDLESS_BACKSLASH("Backslash that nothing needs inside an address in %s"),
    SPACE_IN_ADDRESS("White space inside an address in %s"),
    ENCODED_ADDRESS("Encoded word in place of an address in %s"),
    ENCODED_LINE_END("Encoded NUL or line end in %s"),
    TWO_AT("More than one @ in an address in %s"),
    MISPLACED_DOT("Misplaced dot in an address in %s"),
    NO_LOCAL_PART("Address without a local part in %s"),
    NO_DOMAIN("Address without a domain in %s"),
    LONG_ADDRESS("Address longer than 320 characters in %s"),
    ILLEGAL_LITERAL("Illegal domain literal in %s");

    private final String sentence;

    Flaw(String sentence) {
        this.sentence = sentence;
    }

    /** The sentence; {@code field} must be a name of our own, never one that the message spelled. */
    String in(String field) {
        return sentence.replace("%s", field);
    }
}
