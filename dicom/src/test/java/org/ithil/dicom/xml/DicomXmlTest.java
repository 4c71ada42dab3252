package org.ithil.dicom.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.json.BulkData;
import org.ithil.dicom.json.DicomTextException;
import org.ithil.dicom.json.TextLimits;
import org.ithil.dicom.json.ValueText;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dicom.xml.DicomXmlWriter.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Native DICOM Model, PS3.19 A. */
class DicomXmlTest {
  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><NativeDicomModel"
          + " xmlns=\"http://dicom.nema.org/PS3.19/models/NativeDICOM\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
          + " xsi:schemaLocation=\"http://dicom.nema.org/PS3.19/models/NativeDICOM\">";

  private static final String GOLDEN =
      HEAD
          + "<DicomAttribute tag=\"00080005\" vr=\"CS\" keyword=\"SpecificCharacterSet\"><Value"
          + " number=\"1\">ISO_IR 192</Value></DicomAttribute><DicomAttribute tag=\"00080008\""
          + " vr=\"CS\" keyword=\"ImageType\"><Value number=\"1\">ONE</Value><Value"
          + " number=\"3\">TWO</Value></DicomAttribute><DicomAttribute tag=\"00080020\" vr=\"DA\""
          + " keyword=\"StudyDate\"></DicomAttribute><DicomAttribute tag=\"00081140\" vr=\"SQ\""
          + " keyword=\"ReferencedImageSequence\"><Item number=\"1\"><DicomAttribute"
          + " tag=\"00081155\" vr=\"UI\" keyword=\"ReferencedSOPInstanceUID\"><Value"
          + " number=\"1\">1.2.3</Value></DicomAttribute></Item><Item"
          + " number=\"2\"></Item></DicomAttribute><DicomAttribute tag=\"00090010\" vr=\"LO\""
          + " keyword=\"PrivateCreator\"><Value"
          + " number=\"1\">GEMS_IDEN_01</Value></DicomAttribute><DicomAttribute tag=\"00091004\""
          + " vr=\"SH\" keyword=\"ProductId\" privateCreator=\"GEMS_IDEN_01\"><Value number=\"1\">a"
          + " &lt; b &amp; c</Value></DicomAttribute><DicomAttribute tag=\"00100010\" vr=\"PN\""
          + " keyword=\"PatientName\"><PersonName number=\"1\">"
          + "<Alphabetic><FamilyName>Wang</FamilyName><GivenName>XiaoDong</GivenName></Alphabetic>"
          + "<Ideographic><FamilyName>王</FamilyName><GivenName>小東</GivenName></Ideographic>"
          + "</PersonName></DicomAttribute><DicomAttribute tag=\"00186028\" vr=\"FD\""
          + " keyword=\"ReferencePixelPhysicalValueX\"><Value number=\"1\">1.5</Value><Value"
          + " number=\"2\">INF</Value><Value"
          + " number=\"3\">NaN</Value></DicomAttribute><DicomAttribute tag=\"00280009\" vr=\"AT\""
          + " keyword=\"FrameIncrementPointer\"><Value"
          + " number=\"1\">00181063</Value></DicomAttribute><DicomAttribute tag=\"40080200\""
          + " vr=\"SH\" keyword=\"InterpretationID\"><Value"
          + " number=\"1\">x</Value></DicomAttribute><DicomAttribute tag=\"7FE00010\" vr=\"OW\""
          + " keyword=\"PixelData\">"
          + "<InlineBinary>AQID/w==</InlineBinary></DicomAttribute></NativeDicomModel>";

  private static DataSet read(String xml) throws IOException {
    return new DicomXmlReader(TextLimits.DEFAULT, BulkData.Source.none())
        .read(new StringReader(xml));
  }

  private static String write(DataSet dataSet, BulkData bulk, Dialect dialect) throws IOException {
    StringWriter out = new StringWriter();
    new DicomXmlWriter(BulkData.noSource(), bulk, Dictionary.withPrivateTags(), dialect)
        .write(dataSet, SpecificCharacterSet.ASCII, out);
    return out.toString();
  }

  @Test
  void reads_and_writes_all_kinds_of_values() throws IOException {
    DataSet dataSet = read(GOLDEN);
    assertThat(write(dataSet, BulkData.inline(), Dialect.STANDARD)).isEqualTo(GOLDEN);
    assertThat(dataSet.ascii(0x00080008)).hasValue("ONE\\\\TWO");
    assertThat(dataSet.text(0x00100010, SpecificCharacterSet.ASCII)).hasValue("Wang^XiaoDong=王^小東");
  }

  @Test
  void writes_bytes_in_utf_8() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStreamWriter out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      new DicomXmlWriter(
              BulkData.noSource(),
              BulkData.inline(),
              Dictionary.withPrivateTags(),
              Dialect.STANDARD)
          .write(read(GOLDEN), SpecificCharacterSet.ASCII, out);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(GOLDEN);
  }

  @Test
  void speaks_the_dialect_of_the_reference_too() throws IOException {
    BulkData uris = (path, element) -> new BulkData.Shown.Uri("http://x/?a&b");
    String xml = write(read(GOLDEN), uris, Dialect.REFERENCE);
    assertThat(xml)
        .contains("</Item><Value number=\"1\"/><Item number=\"2\"></Item><Value number=\"2\"/>")
        .contains("<BulkData URI=\"http://x/?a&amp;b\"/>");
    assertThat(write(read(GOLDEN), uris, Dialect.STANDARD))
        .contains("<BulkData uri=\"http://x/?a&amp;b\"/>");
  }

  @Test
  void writes_components_of_a_name_that_are_there_even_if_empty() throws IOException {
    DataSet dataSet =
        DataSet.of(
            List.of(new Element(0x00080090, Vr.PN, ValueText.parse(Vr.PN, List.of("^^^^")))));
    assertThat(write(dataSet, BulkData.inline(), Dialect.STANDARD))
        .contains(
            "<FamilyName></FamilyName><GivenName></GivenName><MiddleName></MiddleName>"
                + "<NamePrefix></NamePrefix><NameSuffix></NameSuffix>");
  }

  @Test
  void drops_characters_that_xml_cannot_hold() throws IOException {
    Value text = new Value.Bytes("a\u0007b\tc\r\n\u001b".getBytes(StandardCharsets.US_ASCII));
    DataSet dataSet = DataSet.of(List.of(new Element(0x00104000, Vr.LT, text)));
    String xml = write(dataSet, BulkData.inline(), Dialect.STANDARD);
    assertThat(xml).contains(">ab\tc&#13;\n<");
    assertThat(read(xml).ascii(0x00104000)).hasValue("ab\tc\r\n");
  }

  @Test
  void finds_bulk_data_by_its_uri() throws IOException {
    DicomXmlReader reader =
        new DicomXmlReader(
            TextLimits.DEFAULT,
            (tag, uri) -> new Value.Bytes(uri.getBytes(StandardCharsets.UTF_8)));
    for (String attribute : List.of("uri", "URI", "uuid")) {
      String xml = attribute("7FE00010", "OW", "<BulkData " + attribute + "=\"abcd\"/>");
      assertThat(reader.read(new StringReader(xml)).get(0x7fe00010).bytes()).hasSize(4);
    }
    refuses(
        attribute("7FE00010", "OW", "<BulkData uri=\"abcd\"/>"),
        DicomTextException.Problem.UNKNOWN_BULK_DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "<a",
        "<NativeDicomModel>",
        "<NativeDicomModel/>x",
        "<NativeDicomModel/><a/>"
      })
  void refuses_what_is_no_xml(String xml) {
    refuses(xml, DicomTextException.Problem.SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a/>",
        "<NativeDicomModel><a/></NativeDicomModel>",
        "<NativeDicomModel>x</NativeDicomModel>",
        "<NativeDicomModel><DicomAttribute vr=\"LO\"/></NativeDicomModel>",
        "<NativeDicomModel><DicomAttribute tag=\"x\" vr=\"LO\"/></NativeDicomModel>",
        "<NativeDicomModel><DicomAttribute tag=\"00100020\" vr=\"XX\"/></NativeDicomModel>"
      })
  void refuses_xml_of_another_form(String xml) {
    refuses(xml, DicomTextException.Problem.STRUCTURE);
  }

  @Test
  void refuses_attributes_of_another_form() {
    for (String content :
        List.of(
            "<Value>x</Value>",
            "<Value number=\"0\">x</Value>",
            "<Value number=\"1\">x</Value><Value number=\"1\">y</Value>",
            "<Value number=\"99999999\">x</Value>",
            "<Value number=\"1\"><a/></Value>",
            "<Other/>",
            "<Item number=\"1\"/>",
            "<BulkData/>",
            "<Value number=\"1\">x</Value><InlineBinary>AA==</InlineBinary>")) {
      refuses(attribute("00100020", "LO", content), DicomTextException.Problem.STRUCTURE);
    }
    refuses(
        attribute("00280010", "US", "<Value number=\"1\">70000</Value>"),
        DicomTextException.Problem.BAD_VALUE);
    refuses(
        attribute("7FE00010", "OW", "<InlineBinary>A</InlineBinary>"),
        DicomTextException.Problem.BAD_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE NativeDicomModel [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE NativeDicomModel SYSTEM \"http://127.0.0.1:9/x.dtd\">",
        "<!DOCTYPE a [<!ENTITY a \"xx\"><!ENTITY b \"&a;&a;\">]>"
      })
  void never_follows_a_document_type_or_an_entity(String doctype) {
    assertThatThrownBy(
            () -> read(doctype + attribute("00100020", "LO", "<Value number=\"1\">&e;&b;</Value>")))
        .isInstanceOf(DicomTextException.class);
  }

  @Test
  void takes_64_nested_sequences_and_no_more() throws IOException {
    assertThat(read(nested(64)).contains(0x00081140)).isTrue();
    refuses(nested(65), DicomTextException.Problem.TOO_DEEP);
    refuses(nested(10_000), DicomTextException.Problem.TOO_DEEP);
  }

  private static String nested(int depth) {
    return "<NativeDicomModel>"
        + "<DicomAttribute tag=\"00081140\" vr=\"SQ\"><Item number=\"1\">".repeat(depth)
        + "</Item></DicomAttribute>".repeat(depth)
        + "</NativeDicomModel>";
  }

  @Test
  void refuses_documents_that_are_too_long() {
    DicomXmlReader reader = new DicomXmlReader(new TextLimits(1000, 64), BulkData.Source.none());
    assertThatThrownBy(() -> reader.read(new StringReader(GOLDEN)))
        .isInstanceOfSatisfying(
            DicomTextException.class,
            e -> assertThat(e.problem()).isEqualTo(DicomTextException.Problem.TOO_LARGE));
  }

  private static String attribute(String tag, String vr, String content) {
    return "<NativeDicomModel><DicomAttribute tag=\""
        + tag
        + "\" vr=\""
        + vr
        + "\">"
        + content
        + "</DicomAttribute></NativeDicomModel>";
  }

  private static void refuses(String xml, DicomTextException.Problem problem) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOfSatisfying(
            DicomTextException.class, e -> assertThat(e.problem()).as(xml).isEqualTo(problem));
  }

  @Test
  void reads_any_damaged_document_or_refuses_it() throws IOException {
    Random random = new Random(20261124);
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      char[] damaged = GOLDEN.toCharArray();
      for (int i = 0; i <= random.nextInt(3); i++) {
        int at = HEAD.length() + random.nextInt(damaged.length - HEAD.length());
        damaged[at] =
            random.nextBoolean()
                ? GOLDEN.charAt(random.nextInt(GOLDEN.length()))
                : (char) random.nextInt(0x180);
      }
      int end = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
      try {
        write(read(new String(Arrays.copyOf(damaged, end))), BulkData.inline(), Dialect.STANDARD);
      } catch (DicomTextException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }
}
