package dev.drawbridge.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendors' published vectors, and everything close to them that must be refused. */
class SignaturesTest {
  private static final Secrets STANDARD = of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Instant STANDARD_TIME = Instant.ofEpochSecond(1614265330);
  private static final Received STANDARD_CALL =
      new Received(
          Map.of(
              "webhook-id",
              "msg_p5jXN8AQM9LWM0D4loKWxJek",
              "webhook-timestamp",
              "1614265330",
              "webhook-signature",
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
          "{\"test\": 2432232314}");

  private static final Secrets ZENDESK = of("dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==");
  private static final Instant ZENDESK_TIME = Instant.parse("2026-07-14T12:00:00Z");
  private static final Received ZENDESK_CALL =
      zendesk(
          "2026-07-14T12:00:00Z",
          "DM4vdWm3RFsaESVGQ1PGkJ2ES0CrXVJSpknXWR06Kss=",
          "{\"ticket_id\": 12345, \"status\": \"open\"}");

  private static final Secrets JIRA = of("It's a Secret to Everybody");
  private static final String JIRA_HEX =
      "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
  private static final Received JIRA_CALL =
      new Received(Map.of("x-hub-signature", "sha256=" + JIRA_HEX), "Hello World!");

  @Test
  void standard_whenItIsThePublishedVector_thenAuthentic() {
    assertAuthentic(Signatures.standard(STANDARD_CALL, STANDARD, STANDARD_TIME));
  }

  @Test
  void zendesk_whenTimestampAndBodyAreSigned_thenAuthentic() {
    assertAuthentic(Signatures.zendesk(ZENDESK_CALL, ZENDESK, ZENDESK_TIME));
  }

  @Test
  void zendesk_whenTheBodyIsEmpty_thenAuthentic() {
    Received empty =
        zendesk("2021-03-25T05:09:27Z", "wCdBvXaHttn0wRVIYctzZ9O6O0bnqWakJMEKZ9VoRWw=", "");
    assertAuthentic(Signatures.zendesk(empty, ZENDESK, Instant.parse("2021-03-25T05:09:27Z")));
  }

  /** A sample of old documentation, which signs the body before the timestamp. */
  @Test
  void zendesk_whenItIsTheOutdatedSample_thenForged() {
    Received outdated =
        zendesk(
            "2021-07-25T10:00:00Z",
            "tRDSF7URY8BLCDlaBcQ7FHu051Zk+aAB0NKMP53teMw=",
            "{\"say\": \"hello\"}");
    Secrets secret = of("HRkRd4BeOAoUkfZr-mhauJT64rvBASlJRoIyPsd3zeA=");
    assertForged(Signatures.zendesk(outdated, secret, Instant.parse("2021-07-25T10:00:00Z")));
  }

  @Test
  void jira_whenItIsThePublishedVector_thenAuthentic() {
    assertAuthentic(Signatures.jira(JIRA_CALL, JIRA, STANDARD_TIME));
  }

  @ParameterizedTest
  @CsvSource({
    "webhook-id, msg_p5jXN8AQM9LWM0D4loKWxJel",
    "webhook-id, ''",
    "webhook-timestamp, 1614265331",
    "webhook-timestamp, ''",
    "webhook-timestamp, -1614265330",
    "webhook-signature, ''",
    "webhook-signature, 'v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "webhook-signature, 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "webhook-signature, 'v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "webhook-signature, 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "webhook-signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=,x'",
    "webhook-signature, 'v1,'",
    "webhook-signature, 'v1,%'"
  })
  void standard_whenASignedPartIsChanged_thenForged(String header, String value) {
    assertForged(Signatures.standard(with(STANDARD_CALL, header, value), STANDARD, STANDARD_TIME));
  }

  @Test
  void standard_whenTheBoundaryOfThePartsMoves_thenForged() {
    Received moved =
        with(
            with(STANDARD_CALL, "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330"),
            "webhook-timestamp",
            "1614265330");
    assertForged(Signatures.standard(moved, STANDARD, STANDARD_TIME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"test\": 2432232315}", "{\"test\":2432232314}", "", " "})
  void check_whenTheBodyIsAnother_thenForged(String body) {
    assertForged(
        Signatures.standard(new Received(STANDARD_CALL.headers(), body), STANDARD, STANDARD_TIME));
    assertForged(
        Signatures.zendesk(new Received(ZENDESK_CALL.headers(), body), ZENDESK, ZENDESK_TIME));
    assertForged(Signatures.jira(new Received(JIRA_CALL.headers(), body), JIRA, STANDARD_TIME));
  }

  @ParameterizedTest
  @CsvSource({
    "x-zendesk-webhook-signature-timestamp, 2026-07-14T12:00:01Z",
    "x-zendesk-webhook-signature-timestamp, 2026-07-14T12:00:00.0Z",
    "x-zendesk-webhook-signature-timestamp, ''",
    "x-zendesk-webhook-signature, DM4vdWm3RFsaESVGQ1PGkJ2ES0CrXVJSpknXWR06Ksr=",
    "x-zendesk-webhook-signature, ''",
    "x-zendesk-webhook-signature, ==="
  })
  void zendesk_whenASignedPartIsChanged_thenForged(String header, String value) {
    assertForged(Signatures.zendesk(with(ZENDESK_CALL, header, value), ZENDESK, ZENDESK_TIME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256=b4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9",
        "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263",
        "sha256=",
        "sha256=xyz",
        "sha256",
        "=",
        "none=",
        // The right one by SHA-1, which is refused however it fits.
        "sha1=c515f330a339e006a451ec24110648f028c87a11",
        "sha1=" + JIRA_HEX,
        JIRA_HEX
      })
  void jira_whenTheSignatureIsAnother_thenForged(String signature) {
    assertForged(
        Signatures.jira(with(JIRA_CALL, "x-hub-signature", signature), JIRA, STANDARD_TIME));
  }

  @Test
  void jira_whenTheSignatureIsWrong_thenTheSecretBesidesDoesNotHelp() {
    Received both =
        with(
            with(JIRA_CALL, "x-hub-signature", "sha256=00"),
            "x-drawbridge-secret",
            "It's a Secret to Everybody");
    assertForged(Signatures.jira(both, JIRA, STANDARD_TIME));
  }

  @ParameterizedTest
  @CsvSource({"-301, false", "-300, true", "-299, true", "0, true", "300, true", "301, false"})
  void check_whenTheClockIsOff_thenFiveMinutesAreTolerated(int seconds, boolean tolerated) {
    assertFresh(
        tolerated, Signatures.zendesk(ZENDESK_CALL, ZENDESK, ZENDESK_TIME.plusSeconds(seconds)));
    assertFresh(
        tolerated,
        Signatures.standard(STANDARD_CALL, STANDARD, STANDARD_TIME.plusSeconds(seconds)));
  }

  @Test
  void check_whenItIsAMillisecondPastTheTolerance_thenStale() {
    Instant late = ZENDESK_TIME.plusSeconds(300).plusMillis(1);
    assertFresh(false, Signatures.zendesk(ZENDESK_CALL, ZENDESK, late));
  }

  @Test
  void check_whenItIsForgedAndOld_thenNothingIsSaidOfTheTime() {
    Received forged = with(ZENDESK_CALL, "x-zendesk-webhook-signature-timestamp", "1999");
    assertForged(Signatures.zendesk(forged, ZENDESK, ZENDESK_TIME));
  }

  @Test
  void standard_whenSeveralSignaturesAreListed_thenOneThatFitsIsEnough() {
    String right = STANDARD_CALL.headers().get("webhook-signature");
    Received listed =
        with(STANDARD_CALL, "webhook-signature", "v1a,eA== v1,eA== " + right + " v1,eQ==");
    assertAuthentic(Signatures.standard(listed, STANDARD, STANDARD_TIME));
  }

  @Test
  void check_whenSecretsAreChanged_thenEachOfThemFitsAndNoOther() {
    String standard = STANDARD.values().get(0);
    assertAuthentic(
        Signatures.standard(STANDARD_CALL, of("whsec_b3RoZXI=", standard), STANDARD_TIME));
    assertAuthentic(
        Signatures.standard(STANDARD_CALL, of(standard, "whsec_b3RoZXI="), STANDARD_TIME));
    assertForged(Signatures.standard(STANDARD_CALL, of("whsec_b3RoZXI="), STANDARD_TIME));
    String zendesk = ZENDESK.values().get(0);
    assertAuthentic(Signatures.zendesk(ZENDESK_CALL, of("other", zendesk), ZENDESK_TIME));
    assertForged(Signatures.zendesk(ZENDESK_CALL, of("other"), ZENDESK_TIME));
    assertAuthentic(
        Signatures.jira(JIRA_CALL, of("other", "It's a Secret to Everybody"), STANDARD_TIME));
    for (String sent : List.of("first-secret", "second-secret")) {
      Received call = new Received(Map.of("x-drawbridge-secret", sent), "{}");
      assertAuthentic(
          Signatures.secretHeader(call, of("first-secret", "second-secret"), STANDARD_TIME));
      assertForged(Signatures.secretHeader(call, of("third-secret"), STANDARD_TIME));
    }
  }

  @Test
  void check_whenThereIsNoSecretOrAnEmptyOne_thenForged() {
    for (Secrets none : List.of(of(), of(""), of("whsec_"))) {
      assertForged(Signatures.standard(STANDARD_CALL, none, STANDARD_TIME));
      assertForged(Signatures.zendesk(ZENDESK_CALL, none, ZENDESK_TIME));
      assertForged(Signatures.jira(JIRA_CALL, none, STANDARD_TIME));
      for (String sent : List.of("", " ", "whsec_", "null")) {
        Received call = new Received(Map.of("x-drawbridge-secret", sent), "{}");
        assertForged(Signatures.secretHeader(call, none, STANDARD_TIME));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"secre", "secrets", "SECRET", "secret,secret", "Bearer secret", ""})
  void secretHeader_whenItIsAnother_thenForged(String sent) {
    Received call = new Received(Map.of("x-drawbridge-secret", sent), "{}");
    assertForged(Signatures.secretHeader(call, of("secret"), STANDARD_TIME));
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer secret, true",
    "bearer  secret, true",
    "Basic secret, false",
    "secret, false",
    "Bearer, false"
  })
  void secretHeader_whenItIsABearerToken_thenAuthentic(String authorization, boolean authentic) {
    Received call = new Received(Map.of("authorization", authorization), "{}");
    Authenticity found = Signatures.secretHeader(call, of("secret"), STANDARD_TIME);
    assertEquals(authentic, found instanceof Authenticity.Authentic);
  }

  /** The signing key, sent as it is, would prove as much as a signature and give the key away. */
  @Test
  void standardOrSecret_whenTheKeyItselfIsSent_thenForged() {
    String key = STANDARD.values().get(0);
    Received call = new Received(Map.of("x-drawbridge-secret", key), "{}");
    assertForged(Signatures.standardOrSecret(call, STANDARD, STANDARD_TIME));
    assertAuthentic(Signatures.standardOrSecret(STANDARD_CALL, STANDARD, STANDARD_TIME));
  }

  @Test
  void toString_whenThereAreSecrets_thenShowsNone() {
    assertFalse(STANDARD.toString().contains("MfKQ9"));
    assertFalse(STANDARD_CALL.toString().contains("g0hM9"));
  }

  private static Secrets of(String... secrets) {
    return new Secrets(List.of(secrets));
  }

  private static Received zendesk(String timestamp, String signature, String body) {
    return new Received(
        Map.of(
            "x-zendesk-webhook-signature-timestamp",
            timestamp,
            "x-zendesk-webhook-signature",
            signature),
        body);
  }

  private static Received with(Received call, String header, String value) {
    Map<String, String> headers = new HashMap<>(call.headers());
    headers.put(header, value);
    return new Received(headers, call.body());
  }

  private static void assertAuthentic(Authenticity found) {
    assertInstanceOf(Authenticity.Authentic.class, found);
  }

  private static void assertForged(Authenticity found) {
    assertInstanceOf(Authenticity.Forged.class, found);
  }

  private static void assertFresh(boolean expected, Authenticity found) {
    Class<? extends Authenticity> type =
        expected ? Authenticity.Authentic.class : Authenticity.Stale.class;
    assertInstanceOf(type, found);
  }
}
