package dev.sluice.srtp.keys;

/** What became of the text of a crypto attribute. */
public sealed interface CryptoParse {

    /** It can be used. */
    record Parsed(CryptoAttribute attribute) implements CryptoParse {}

    /**
     * It cannot.
     *
     * @param reason for a person to read; holds no key
     */
    record Refused(String reason) implements CryptoParse {}
}
