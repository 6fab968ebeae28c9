package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.azure.functions.HttpResponseMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReceiveWebhookTest {

  @Test
  void run_whenSomethingUnexpectedHappens_thenItIs503ToSendAgain() throws IOException {
    FakeRequest request =
        FakeRequest.json(Files.readString(Path.of("examples", "webhooks", "generic.json")))
            .with("x-drawbridge-secret", "local-generic-secret");
    FakeApp app = new FakeApp();
    app.fail();
    HttpResponseMessage answer = app.receiveWebhook(request, "generic");
    assertEquals(503, answer.getStatusCode());
    assertEquals("30", answer.getHeader("Retry-After"));
  }
}
