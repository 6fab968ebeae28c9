package dev.drawbridge.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happened to an operation, oldest first, as a chain: each event's hash is made over the one
 * before, so that a change of any is seen in all that follow. It has no key: who may write a record
 * can write a whole new trail, which then differs from what was logged.
 *
 * @param head the last event's hash, which shows whether events are missing at the end; empty of a
 *     trail that has none
 */
public record Trail(List<Entry> entries, String head) {
  /** Of an operation to which nothing has happened yet. */
  public static final Trail EMPTY = new Trail(List.of(), "");

  /**
   * An event in its place.
   *
   * @param chain its hash; missing of events that were written before there were any
   */
  public record Entry(Event event, Optional<String> chain) {}

  /** What a check of the hashes shows. */
  public enum State {
    INTACT,
    BROKEN,
    /** It was written before there were hashes, and nothing was added since. */
    UNCHAINED;

    /** The stable word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Trail {
    entries = List.copyOf(entries);
  }

  public List<Event> events() {
    return entries.stream().map(Entry::event).toList();
  }

  /**
   * With one more event. It is chained to the head, not to the last event, so that a broken trail
   * is never mended by what is added; the first hash of an unchained one covers all before it.
   */
  Trail with(OperationId operation, Event event) {
    String chain = chain(isUnchained() ? computed(operation) : head, operation, event);
    List<Entry> more = new ArrayList<>(entries);
    more.add(new Entry(event, Optional.of(chain)));
    return new Trail(more, chain);
  }

  State check(OperationId operation) {
    if (isUnchained()) {
      return State.UNCHAINED;
    }
    String last = "";
    boolean begun = false;
    for (Entry entry : entries) {
      last = chain(last, operation, entry.event());
      begun |= entry.chain().isPresent();
      if (begun && !entry.chain().equals(Optional.of(last))) {
        return State.BROKEN;
      }
    }
    return begun && last.equals(head) ? State.INTACT : State.BROKEN;
  }

  private boolean isUnchained() {
    return head.isEmpty() && entries.stream().allMatch(entry -> entry.chain().isEmpty());
  }

  /** What the head would be if each event had its hash. */
  private String computed(OperationId operation) {
    String last = "";
    for (Entry entry : entries) {
      last = chain(last, operation, entry.event());
    }
    return last;
  }

  /**
   * The SHA-256, in lower-case hexadecimal digits, of the hash before, the operation's id and the
   * event's time, word, detail and correlation id (after a "="; empty if there is none); each in
   * UTF-8, after its length as four bytes, the highest first.
   */
  private static String chain(String before, OperationId operation, Event event) {
    MessageDigest digest = sha256();
    for (String part :
        List.of(
            before,
            operation.toString(),
            event.at().toString(),
            event.what(),
            event.detail(),
            event.correlationId().map(id -> "=" + id).orElse(""))) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
