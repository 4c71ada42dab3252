package org.ithil.web.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Route;

/** Routes that try what an engine must be able to do, and tell how far they have come. */
final class EngineRoutes {
  final CountDownLatch released = new CountDownLatch(1);
  final AtomicLong bodyBytes = new AtomicLong();
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch go = new CountDownLatch(1);

  List<Route> list(Path folder) {
    return List.of(
        Route.get("/text", r -> Answer.text("default")),
        Route.get(
            "/big",
            r ->
                Answer.json(w -> {
                  w.beginArray();
                  for (int i = 0; i < 50_000; i++) {
                    w.value(i);
                  }
                  w.endArray();
                })),
        Route.get(
            "/broken",
            r ->
                Answer.json(w -> {
                  w.beginArray().value(1);
                  throw new IOException("disk");
                })),
        Route.get(
            "/file",
            r ->
                Answer.file(
                        Files.newByteChannel(folder.resolve("f")).position(3),
                        100_000,
                        "application/dicom")
                    .holding(() -> released.countDown())),
        Route.get(
            "/stream",
            r ->
                Answer.stream(
                    out -> {
                      for (int i = 0; i < 100; i++) {
                        out.write(new byte[5000]);
                      }
                    },
                    500_000,
                    "application/octet-stream")),
        Route.get("/header", r -> Answer.text("x").with("X-A", "a\r\nX-Injected: b")),
        Route.get("/address", r -> Answer.text(r.remoteAddress() + r.user())),
        Route.get(
            "/wait",
            r -> {
              entered.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return Answer.text("done");
            }),
        Route.post(
            "/count",
            r -> {
              long n = r.body().transferTo(java.io.OutputStream.nullOutputStream());
              bodyBytes.set(n);
              return Answer.text("" + n);
            }),
        Route.post(
            "/slow",
            r -> {
              r.body().read();
              entered.countDown();
              return Answer.text("" + r.body().readAllBytes().length);
            }),
        Route.post("/ignore", r -> Answer.text("ignored")));
  }
}
