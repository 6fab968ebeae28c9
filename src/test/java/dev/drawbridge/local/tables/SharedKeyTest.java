package dev.drawbridge.local.tables;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import dev.drawbridge.local.http.Request;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signatures were made with another implementation of HMAC. */
class SharedKeyTest {
  private static final String DATE = "Tue, 24 Nov 2026 08:00:00 GMT";
  private static final String PATH =
      "/devstoreaccount1/people(PartitionKey='a%20b',RowKey='c')?timeout=5&$top=1";
  private static final String LITE =
      "SharedKeyLite devstoreaccount1:89d3fGWFcoQl6vAxT6GVJbcScvztILMRq+EepMR6Qdk=";
  private static final String FULL =
      "SharedKey devstoreaccount1:19AWm6MP/7DZDZpg2U6oMGWc6NajYQI8msLiKVkZgyQ=";

  private final SharedKey key = new SharedKey(Account.NAME, Account.KEY);
  private final Headers headers = new Headers();

  SharedKeyTest() {
    headers.set("x-ms-date", DATE);
    headers.set("Content-Type", "application/json");
    headers.set("Content-MD5", "md5");
  }

  private Request request(String method, String uri) {
    return new Request(method, URI.create(uri), headers, new byte[0]);
  }

  @Test
  void verifies_whenSharedKeyLite_thenDateAndResourceCount() {
    assertTrue(key.verifies(LITE, request("PUT", PATH)));
    assertTrue(key.verifies(LITE, request("GET", PATH)), "the method is not in it");
    assertFalse(key.verifies(LITE, request("PUT", PATH.replace("'c'", "'d'"))));
    assertFalse(key.verifies(LITE, request("PUT", PATH.replace("%20", "+"))));
    headers.set("x-ms-date", DATE.replace("08:", "09:"));
    assertFalse(key.verifies(LITE, request("PUT", PATH)));
  }

  @Test
  void verifies_whenSharedKey_thenMethodAndContentCountToo() {
    assertTrue(key.verifies(FULL, request("PUT", PATH)));
    assertFalse(key.verifies(FULL, request("DELETE", PATH)));
    headers.set("Content-Type", "application/xml");
    assertFalse(key.verifies(FULL, request("PUT", PATH)));
  }

  @Test
  void verifies_whenComp_thenItIsPartOfTheResource() {
    String signature =
        "SharedKeyLite devstoreaccount1:+/5LeTgnWIvYnHgnkLYHrI+nZrsl2fp52r3AP+lFv3U=";

    assertTrue(
        key.verifies(signature, request("GET", "/devstoreaccount1/people?timeout=5&comp=acl")));
    assertFalse(key.verifies(signature, request("GET", "/devstoreaccount1/people")));
  }

  @Test
  void verifies_whenBothDates_thenTheServicesOwnCounts() {
    headers.set("Date", "Wed, 25 Nov 2026 08:00:00 GMT");

    assertTrue(key.verifies(LITE, request("PUT", PATH)));
  }

  @Test
  void verifies_whenOnlyDate_thenItCounts() {
    headers.remove("x-ms-date");
    headers.set("Date", DATE);

    assertTrue(key.verifies(LITE, request("PUT", PATH)));
  }

  @Test
  void verifies_whenNoDate_thenRefused() {
    headers.remove("x-ms-date");

    assertFalse(key.verifies(LITE, request("PUT", PATH)));
  }

  @Test
  void verifies_whenAnotherAccountOrKey_thenRefused() {
    assertFalse(key.verifies(LITE.replace("account1", "account2"), request("PUT", PATH)));
    assertFalse(
        new SharedKey(Account.NAME, "AAAA" + Account.KEY.substring(4))
            .verifies(LITE, request("PUT", PATH)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "SharedKeyLite",
        "SharedKeyLite ",
        "SharedKeyLite devstoreaccount1:",
        "SharedKeyLite devstoreaccount1:AAAA",
        "SharedKey devstoreaccount1:89d3fGWFcoQl6vAxT6GVJbcScvztILMRq+EepMR6Qdk=",
        "sharedkeylite devstoreaccount1:89d3fGWFcoQl6vAxT6GVJbcScvztILMRq+EepMR6Qdk=",
        "SharedKeyLite devstoreaccount1:89d3fGWFcoQl6vAxT6GVJbcScvztILMRq+EepMR6Qdk= "
      })
  void verifies_whenTampered_thenRefused(String authorization) {
    assertFalse(key.verifies(authorization, request("PUT", PATH)));
  }
}
