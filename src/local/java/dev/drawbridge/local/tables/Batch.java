package dev.drawbridge.local.tables;

import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** "Performing entity group transactions" of the REST reference: one change set, all or nothing. */
final class Batch {
  private static final int MAX_OPERATIONS = 100;
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private final TableStore store;
  private final Function<Request, WriteRequest> reader;

  /**
   * @param reader reads one operation of a transaction
   */
  Batch(TableStore store, Function<Request, WriteRequest> reader) {
    this.store = store;
    this.reader = reader;
  }

  /**
   * Runs a transaction. One that is refused is answered as Azure does: with 202 too, and in it the
   * error of the one operation that failed.
   *
   * @param errors writes an error
   * @throws TableError if the request is no transaction at all
   */
  Response run(Request request, URI base, Function<TableError, Response> errors) {
    if (request.body().length > MAX_BYTES) {
      throw ErrorCode.CONTENT_LENGTH_EXCEEDED.error();
    }
    List<Request> operations = operations(request);
    try {
      List<WriteRequest> writes = read(operations);
      List<Optional<Entity>> stored =
          store.applyAll(writes.get(0).table(), writes.stream().map(WriteRequest::write).toList());
      List<Response> answers = new ArrayList<>();
      for (int i = 0; i < writes.size(); i++) {
        answers.add(writes.get(i).answer(stored.get(i), base));
      }
      return response(answers);
    } catch (TableError e) {
      return response(List.of(errors.apply(e)));
    }
  }

  private static List<Request> operations(Request request) {
    List<Multipart.Part> parts =
        Multipart.parts(request.header("Content-Type").orElse(""), request.text());
    if (parts.size() == 1 && isRead(parts.get(0))) {
      throw ErrorCode.NOT_IMPLEMENTED.error("The local Azure has no queries in batches.");
    }
    if (parts.size() != 1) {
      throw ErrorCode.INVALID_INPUT.error("A batch has one change set.");
    }
    Multipart.Part changes = parts.get(0);
    List<Request> operations = new ArrayList<>();
    for (Multipart.Part part : Multipart.parts(changes.contentType(), changes.body())) {
      operations.add(Multipart.request(part));
    }
    if (operations.isEmpty()) {
      throw ErrorCode.INVALID_INPUT.error("The change set is empty.");
    }
    return operations;
  }

  private static boolean isRead(Multipart.Part part) {
    return part.contentType().toLowerCase(Locale.ROOT).startsWith("application/http");
  }

  private List<WriteRequest> read(List<Request> operations) {
    if (operations.size() > MAX_OPERATIONS) {
      throw ErrorCode.INVALID_INPUT
          .error("The batch request operation exceeds the maximum 100 changes per change set.")
          .at(MAX_OPERATIONS - 1);
    }
    List<WriteRequest> writes = new ArrayList<>();
    for (Request operation : operations) {
      try {
        WriteRequest write = reader.apply(operation);
        if (!writes.isEmpty() && !write.table().equalsIgnoreCase(writes.get(0).table())) {
          throw ErrorCode.INVALID_INPUT.error("A batch acts on one table.");
        }
        writes.add(write);
      } catch (TableError e) {
        throw e.at(writes.size());
      }
    }
    return writes;
  }

  private static Response response(List<Response> answers) {
    String batch = "batchresponse_" + UUID.randomUUID();
    String changeSet = "changesetresponse_" + UUID.randomUUID();
    StringBuilder out = new StringBuilder();
    out.append("--").append(batch).append("\r\n");
    out.append("Content-Type: multipart/mixed; boundary=").append(changeSet).append("\r\n\r\n");
    for (Response answer : answers) {
      Multipart.write(out, changeSet, answer.with("DataServiceVersion", "3.0;"));
    }
    out.append("--").append(changeSet).append("--\r\n--").append(batch).append("--\r\n");
    return Response.text(202, "multipart/mixed; boundary=" + batch, out.toString());
  }
}
