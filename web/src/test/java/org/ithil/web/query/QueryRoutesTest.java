package org.ithil.web.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.json.ValueText;
import org.ithil.dimse.association.Association;
import org.ithil.dimse.association.Rejection;
import org.ithil.dimse.association.WireLimits;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.ContextResult;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;
import org.ithil.dimse.scp.AssociationPolicy;
import org.ithil.dimse.scp.DimseServer;
import org.ithil.dimse.scp.DimseService;
import org.ithil.dimse.scp.Exchange;
import org.ithil.dimse.scp.ServerSettings;
import org.ithil.web.RunningApi;
import org.ithil.web.RunningApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asking a modality, and having it send, over HTTP. */
@Timeout(60)
class QueryRoutesTest {
  @TempDir Path folder;
  private RunningApi api;
  private Remote remote;

  @BeforeEach
  void open() throws IOException {
    api = new RunningApi(folder);
    remote = new Remote();
    String entry = "[\"REMOTE\",\"127.0.0.1\"," + remote.server.port() + "]";
    api.send("PUT", "/modalities/remote", entry.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    api.close();
    remote.server.close();
  }

  private Reply post(String path, String body) {
    return api.send("POST", path, body.getBytes(StandardCharsets.UTF_8));
  }

  private String query(String level, String keys) {
    Reply reply =
        post("/modalities/remote/query", "{\"Level\":\"" + level + "\",\"Query\":" + keys + "}");
    return path(reply);
  }

  private static String path(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    Matcher path = Pattern.compile("\"Path\" : \"([^\"]+)\"").matcher(reply.body());
    assertThat(path.find()).isTrue();
    return path.group(1);
  }

  @Test
  void answers_are_shown_in_all_forms() {
    String query = query("study", "{\"PatientName\":\"Doe*\"}");
    assertThat(api.get(query + "/level")).isEqualTo("Study");
    assertThat(api.get(query + "/modality")).isEqualTo("remote");
    assertThat(api.get(query + "/query?short")).isEqualTo("{\"0010,0010\":\"Doe*\"}");
    assertThat(api.get(query + "/answers")).isEqualTo("[\"0\"]");
    assertThat(api.get(query + "/answers?expand&simplify"))
        .contains("\"PatientName\":\"Doe^Jane\"", "\"StudyInstanceUID\":\"1.2\"");
    assertThat(api.get(query + "/answers/0/content?short")).contains("\"0010,0010\":\"Doe^Jane\"");
    assertThat(api.get(query + "/answers/0/content"))
        .contains("\"Name\":\"PatientName\",\"Type\":\"String\"");
    assertThat(api.get("/queries")).contains(query.substring("/queries/".length()));
    assertThat(api.send("DELETE", query, new byte[0]).status()).isEqualTo(200);
    assertThat(api.send("GET", query, new byte[0]).status()).isEqualTo(404);
  }

  @Test
  void an_answer_that_is_not_there_is_refused() {
    String query = query("Study", "{}");
    assertThat(api.send("GET", query + "/answers/1", new byte[0]).status()).isEqualTo(400);
    assertThat(api.send("GET", query + "/answers/x", new byte[0]).status()).isEqualTo(400);
    assertThat(post(query + "/answers/1/retrieve", "THERE").status()).isEqualTo(400);
  }

  @Test
  void what_is_below_an_answer_can_be_asked_for() throws Exception {
    String query = query("Study", "{}");
    remote.asked.clear();
    path(post(query + "/answers/0/query-series", "{\"Query\":{\"Modality\":\"CT\"}}"));
    DataSet asked = remote.asked.take();
    assertThat(asked.ascii(Tag.QueryRetrieveLevel)).contains("SERIES");
    assertThat(asked.ascii(Tag.StudyInstanceUID)).contains("1.2");
    assertThat(asked.ascii(Tag.Modality)).contains("CT");
    assertThat(post(query + "/answers/0/query-studies", "{}").status()).isEqualTo(404);
  }

  @Test
  void keys_that_are_none_are_refused_before_anything_is_sent() {
    for (String body :
        List.of(
            "[]",
            "{",
            "{\"Query\":{}}",
            "{\"Level\":\"Nope\"}",
            "{\"Level\":\"Study\",\"Query\":[]}",
            "{\"Level\":\"Study\",\"Query\":{\"NoSuchTag\":\"\"}}",
            "{\"Level\":\"Study\",\"Query\":{\"Rows\":\"many\"}}",
            "{\"Level\":\"Study\",\"Normalize\":1}",
            "{\"Level\":\"Study\",\"Timeout\":\"x\"}")) {
      assertThat(post("/modalities/remote/query", body).status()).as(body).isEqualTo(400);
    }
    assertThat(remote.asked).isEmpty();
  }

  @Test
  void an_answer_is_retrieved_by_a_job() throws Exception {
    String query = query("Study", "{}");
    remote.asked.clear();
    Reply reply = post(query + "/answers/0/retrieve", "THERE");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(RunningApi.squeezed(reply))
        .contains(
            "\"DimseErrorStatus\":0",
            "\"RemoteAet\":\"REMOTE\"",
            "\"TargetAet\":\"THERE\"",
            "\"0020,000d\":\"1.2\"");
    assertThat(remote.asked.take().ascii(Tag.StudyInstanceUID)).contains("1.2");
    assertThat(remote.destinations.take()).isEqualTo("THERE");
    assertThat(post(query + "/retrieve", "").status()).isEqualTo(200);
    assertThat(remote.destinations.take()).as("our own title").isEqualTo("AET");
  }

  @Test
  void a_failed_retrieval_tells_what_became_of_each_part() {
    remote.lastOfMove = new Status(0xa801);
    Reply reply =
        post(
            "/modalities/remote/move",
            "{\"Level\":\"Study\",\"Resources\":[{\"StudyInstanceUID\":\"1\"}]}");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(RunningApi.squeezed(reply))
        .contains("\"Type\":\"RetrieveJob\"", "\"DimseErrorStatus\":43009", "0xA801");
  }

  @Test
  void the_older_routes_answer_at_once() {
    Reply patients = post("/modalities/remote/find-patient", "{\"PatientName\":\"*\"}");
    assertThat(RunningApi.squeezed(patients)).contains("\"PatientName\":\"Doe^Jane\"");
    assertThat(post("/modalities/remote/find-study", "{}").status()).isEqualTo(400);
    Reply all = post("/modalities/remote/find", "{\"PatientName\":\"*\"}");
    assertThat(RunningApi.squeezed(all)).contains("\"Studies\":[{", "\"Series\":[{");
    Reply worklist =
        post(
            "/modalities/remote/find-worklist",
            "{\"ScheduledProcedureStepSequence\":[{\"Modality\":\"CT\"}]}");
    assertThat(RunningApi.squeezed(worklist)).contains("\"PatientName\":\"Doe^Jane\"");
  }

  /** Finds one study, and moves nothing. */
  private static final class Remote implements AssociationPolicy, DimseService {
    final BlockingQueue<DataSet> asked = new LinkedBlockingQueue<>();
    final BlockingQueue<String> destinations = new LinkedBlockingQueue<>();
    volatile Status lastOfMove = Status.SUCCESS;
    final DimseServer server;

    Remote() throws IOException {
      ServerSettings settings =
          new ServerSettings(
              0, 8, 8, Duration.ofSeconds(20), 20, Duration.ofSeconds(5), WireLimits.DEFAULT);
      server = DimseServer.start(settings, this, List.of(this), ServerSocketFactory.getDefault());
    }

    @Override
    public boolean serves(Command.Request request) {
      return true;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
      TransferSyntax syntax = exchange.context().transferSyntax();
      byte[] identifier = exchange.dataSet().readAllBytes();
      asked.add(
          DicomReader.readDataSet(ByteSource.of(identifier), syntax, ReadOptions.DEFAULT)
              .dataSet());
      Command.Request request = exchange.request();
      int id = request.messageId();
      String sopClass = request.sopClass();
      if (request instanceof Command.CMoveRq move) {
        destinations.add(move.destination());
        exchange.respond(
            new Command.CMoveRsp(id, sopClass, lastOfMove, Command.Suboperations.NONE, ""));
        return;
      }
      DataSet match =
          DataSet.of(
              List.of(
                  text(Tag.PatientName, "Doe^Jane"),
                  text(Tag.PatientID, "P1"),
                  text(Tag.StudyInstanceUID, "1.2")));
      exchange.respond(
          new Command.CFindRsp(id, sopClass, Status.PENDING, ""),
          out -> DicomWriter.writeDataSet(match, syntax, ByteSource.of(new byte[0]), out));
      exchange.respond(new Command.CFindRsp(id, sopClass, Status.SUCCESS, ""));
    }

    private static Element text(int tag, String text) {
      Vr vr = Dictionary.vrOf(tag);
      return new Element(tag, vr, ValueText.padded(vr, text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public Optional<Rejection> admit(Pdu.AssociateRq request, InetAddress peer) {
      return Optional.empty();
    }

    @Override
    public ContextResult negotiate(ProposedContext proposed) {
      return new ContextResult(proposed.id(), 0, proposed.transferSyntaxes().getFirst());
    }

    @Override
    public Optional<RoleSelection> role(RoleSelection proposed) {
      return Optional.empty();
    }

    @Override
    public boolean permits(Association association, Command.Request request) {
      return true;
    }
  }
}
