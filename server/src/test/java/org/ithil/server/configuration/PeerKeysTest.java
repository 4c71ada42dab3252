package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ithil.services.peer.OutgoingRules;
import org.ithil.services.transfer.TransferRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the keys of peers and transfers mean. */
class PeerKeysTest {
  @TempDir Path folder;

  private ServerConfiguration.Peering meaning(String text) {
    try {
      Path file = Files.writeString(folder.resolve("c.json"), text.replace('\'', '"'));
      return ServerConfiguration.of(
              new ConfigurationFiles(KeyTable.load(), _ -> null).read(List.of(file)))
          .peering();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void has_the_defaults_of_the_reference() {
    ServerConfiguration.Peering byDefault = meaning("{}");

    assertThat(byDefault.peers()).isEmpty();
    assertThat(byDefault.inDatabase()).isFalse();
    assertThat(byDefault.outgoing()).isEqualTo(OutgoingRules.DEFAULT);
    assertThat(byDefault.transfers()).isEqualTo(TransferRules.DEFAULT);
  }

  @Test
  void reads_peers_in_both_forms_unless_they_are_in_the_database() {
    String peers =
        "'OrthancPeers':{'a':['http://a','u','p'],'b':{'Url':'http://b/x','Timeout':7,'RemoteSelf':'me'}}";
    ServerConfiguration.Peering read = meaning("{" + peers + "}");

    assertThat(read.peers()).containsOnlyKeys("a", "b");
    assertThat(read.peers().get("a").username()).isEqualTo("u");
    assertThat(read.peers().get("b").url()).isEqualTo("http://b/x/");
    assertThat(read.peers().get("b").timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(read.peers().get("b").remoteSelf()).contains("me");
    assertThat(meaning("{'OrthancPeersInDatabase':true," + peers + "}").peers()).isEmpty();
  }

  @Test
  void reads_how_requests_go_out() {
    OutgoingRules rules =
        meaning(
                "{'HttpTimeout':5,'HttpsVerifyPeers':false,'HttpProxy':'u:p@proxy:3128',"
                    + "'Ithil':{'PeerAnswerSizeKB':7}}")
            .outgoing();

    assertThat(rules.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(rules.verifyPeers()).isFalse();
    assertThat(rules.answerSize()).isEqualTo(7 << 10);
    assertThat(rules.proxy()).contains(new OutgoingRules.Proxy("proxy", 3128, "u:p"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'OrthancPeers':{'a b':['http://a']}} | OrthancPeers.a b: a name",
        "{'OrthancPeers':{'a':['http://a','b']}} | OrthancPeers.a: must be [",
        "{'OrthancPeers':{'a':['ftp://a']}} | OrthancPeers.a: Bad URL",
        "{'OrthancPeers':{'a':{'Url':'http://a','CertificateFile':'/no/such'}}} | there is no file"
            + " /no/such",
        "{'HttpsCACertificates':'/no/such'} | HttpsCACertificates: there is no file",
        "{'HttpProxy':'nonsense'} | HttpProxy: must be",
        "{'Ithil':{'PeerAnswerSizeKB':0}} | Ithil.PeerAnswerSizeKB: must be between",
        "{'HttpTimeout':-1} | HttpTimeout: must be between",
        "{'Transfers':{'BucketSize':0}} | Transfers.BucketSize: must be 1 or more",
        "{'Transfers':{'MaxPushTransactions':0}} | Transfers.MaxPushTransactions: must be 1",
        "{'Transfers':{'CommitThreadsCount':0}} | Transfers.CommitThreadsCount: must be between 1"
      })
  void refuses(String text, String message) {
    assertThatThrownBy(() -> meaning(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }
}
