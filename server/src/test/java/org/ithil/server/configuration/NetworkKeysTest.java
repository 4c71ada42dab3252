package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.Modality.Manufacturer;
import org.ithil.services.modality.Operation;
import org.ithil.services.storage.StorageRules.SyntaxGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the keys of HTTP and DICOM mean. */
class NetworkKeysTest {
  @TempDir Path folder;

  private ServerConfiguration meaning(String text) {
    try {
      Path file = Files.writeString(folder.resolve("c.json"), text.replace('\'', '"'));
      return ServerConfiguration.of(
          new ConfigurationFiles(KeyTable.load(), _ -> null).read(List.of(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refuses(String text, String message) {
    assertThatThrownBy(() -> meaning(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void by_default_only_this_machine_is_served_without_passwords() {
    ServerConfiguration byDefault = meaning("{}");

    assertThat(byDefault.web().http().listening().remoteAccess()).isFalse();
    assertThat(byDefault.web().http().listening().users()).isNull();
    assertThat(byDefault.web().system().secure()).isTrue();
    assertThat(byDefault.web().http().listening().port()).isEqualTo(8042);
    assertThat(byDefault.dicom().listening().port()).isEqualTo(4242);
    assertThat(byDefault.dicom().aet()).isEqualTo("ITHIL");
  }

  @Test
  void remote_access_without_users_is_refused_unless_nobody_is_asked() {
    refuses("{'RemoteAccessAllowed':true}", "RegisteredUsers: is missing");
    assertThat(
            meaning("{'RemoteAccessAllowed':true,'AuthenticationEnabled':false}")
                .web()
                .system()
                .secure())
        .isFalse();
    assertThat(
            meaning("{'RemoteAccessAllowed':true,'RegisteredUsers':{}}")
                .web()
                .http()
                .listening()
                .users())
        .isEmpty();
  }

  @Test
  void users_alone_do_not_switch_authentication_on() {
    assertThat(meaning("{'RegisteredUsers':{'a':'b'}}").web().http().listening().users()).isNull();
    assertThat(
            meaning("{'RegisteredUsers':{'a':'b'},'AuthenticationEnabled':true}")
                .web()
                .http()
                .listening()
                .users())
        .isEqualTo(Map.of("a", "b"));
    refuses("{'RegisteredUsers':{'a':1}}", "RegisteredUsers.a: a password must be a text");
  }

  @Test
  void passwords_of_manuals_are_not_secure() {
    String open = "{'RemoteAccessAllowed':true,'RegisteredUsers':{'orthanc':'orthanc'}}";

    assertThat(meaning(open).web().system().secure()).isFalse();
    assertThat(meaning(open.replace(":'orthanc'", ":'else'")).web().system().secure()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'DicomAet':''}|DicomAet",
        "{'DicomAet':'SEVENTEEN-LETTERS'}|DicomAet",
        "{'DicomAet':'A\\\\B'}|DicomAet",
        "{'HttpPort':65536}|HttpPort: must be between 0 and 65535",
        "{'DicomPort':-1}|DicomPort",
        "{'DicomThreadsCount':0}|DicomThreadsCount",
        "{'HttpRequestTimeout':0}|HttpRequestTimeout",
        "{'MaximumPduLength':4095}|MaximumPduLength: must be between 4096 and 131072",
        "{'CheckRevisions':true,'StoreMD5ForAttachments':false}|CheckRevisions",
        "{'DatabaseServerIdentifier':''}|DatabaseServerIdentifier",
        "{'DefaultEncoding':'Latin9'}|DefaultEncoding: there is no encoding",
        "{'UserMetadata':{'a':1023}}|UserMetadata",
        "{'UserMetadata':{'a':1024,'b':1024}}|UserMetadata",
        "{'UserContentType':{'a':[1024]}}|UserContentType.a",
        "{'Dictionary':{'0405,1001':['ST','X']}}|Dictionary.0405,1001",
        "{'Dictionary':{'0010,0010':['PN','X',1]}}|Dictionary",
        "{'DicomModalities':{'a b':['A','h',1]}}|DicomModalities.a b: a name may have",
        "{'DicomModalities':{'a':['A','h']}}|DicomModalities.a: must be",
        "{'DicomModalities':{'a':['A','h',65535]}}|between 1 and 65534",
        "{'DicomModalities':{'a':['A','h',1,'generic']}}|no manufacturer",
        "{'DicomModalities':{'a':{'AET':'A','Host':'h'}}}|DicomModalities.a.Port: is missing",
        "{'DicomModalities':{'a':{'AET':'A','Port':1}}}|DicomModalities.a.Host: is missing",
      })
  void refuses_with_the_key_in_the_message(String text, String message) {
    refuses(text, message);
  }

  @Test
  void modalities_have_a_short_and_a_long_form() {
    Map<String, Modality> modalities =
        meaning(
                """
                {'DicomModalities':{
                  'short':['A','h','104','AgfaImpax'],
                  'long':{'AET':'B','Host':'i','Port':105,'AllowEcho':false,
                          'AllowStorageCommitment':false,'AllowNAction':true,'Timeout':7}}}
                """)
            .modalities();

    Modality brief = modalities.get("short");
    assertThat(brief.port()).isEqualTo(104);
    assertThat(brief.manufacturer()).isEqualTo(Manufacturer.GENERIC_NO_WILDCARD_IN_DATES);
    assertThat(brief.allowed()).contains(Operation.values());
    Modality full = modalities.get("long");
    assertThat(full.timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(full.allowed())
        .contains(Operation.STORE)
        .doesNotContain(Operation.ECHO, Operation.N_ACTION, Operation.N_EVENT_REPORT);
  }

  @Test
  void the_old_name_of_rejected_classes_counts_if_the_new_one_is_absent() {
    assertThat(meaning("{'RejectSopClasses':['1.2']}").dicom().storage().rejectedSopClasses())
        .containsExactly("1.2");
    assertThat(
            meaning("{'RejectSopClasses':['1.2'],'RejectedSopClasses':[]}")
                .dicom()
                .storage()
                .rejectedSopClasses())
        .isEmpty();
  }

  @Test
  void transfer_syntaxes_are_a_list_or_one_pattern_and_groups_come_on_top() {
    ServerConfiguration one =
        meaning("{'AcceptedTransferSyntaxes':'1.2.*','JpegTransferSyntaxAccepted':false}");

    assertThat(one.dicom().storage().transferSyntaxes()).contains(List.of("1.2.*"));
    assertThat(one.dicom().storage().groups()).isEqualTo(Map.of(SyntaxGroup.JPEG, false));
  }
}
