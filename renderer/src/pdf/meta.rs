//! What the file says about itself: XMP, document information and the colour space.

use chrono::NaiveDate;
use lopdf::{Dictionary, Object, Stream, dictionary, text_string};
use moxcms::{ColorDateTime, ColorProfile};

use super::{About, PdfError};

const PRODUCER: &str = "Barnets livsbog";

/// The document information, saying the same as the XMP.
pub(super) fn information(about: About) -> Dictionary {
    let made = Object::string_literal(format!("D:{}000000Z", about.made_on.format("%Y%m%d")));
    dictionary! {
        "Title" => text_string(about.title),
        "Producer" => Object::string_literal(PRODUCER),
        "CreationDate" => made.clone(),
        "ModDate" => made,
    }
}

/// The XMP packet: PDF/A part 2 level A (ISO 19005-2, 6.6.4), PDF/UA part 1 (ISO 14289-1, 5), and the extension
/// schema that the former asks for to describe the latter.
pub(super) fn xmp(about: About) -> Stream {
    let packet = format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
{EXTENSION}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{FEFF}',
        title = escaped(about.title),
        language = about.language.tag(),
        made = stamp(about.made_on),
    );
    // Readers without a filter find the packet by scanning the file, so it stays plain.
    let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dict, packet.into_bytes()).with_compression(false)
}

const EXTENSION: &str = r#"<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"#;

fn stamp(date: NaiveDate) -> String {
    format!("{}T00:00:00Z", date.format("%Y-%m-%d"))
}

/// XML text; characters XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            _ if character.is_control() || matches!(character, '\u{FFFE}' | '\u{FFFF}') => {}
            _ => safe.push(character),
        }
    }
    safe
}

/// The sRGB profile all colours of the book are meant in.
pub(super) fn srgb() -> Result<Stream, PdfError> {
    let mut profile = ColorProfile::new_srgb();
    // moxcms dates a profile by the clock; the same book must give the same bytes.
    profile.creation_date_time =
        ColorDateTime { year: 2000, month: 1, day_of_the_month: 1, hours: 0, minutes: 0, seconds: 0 };
    let profile =
        profile.encode().map_err(|cause| PdfError::Drawing(format!("the sRGB profile: {cause:?}")))?;
    let mut stream = Stream::new(dictionary! { "N" => 3 }, profile);
    // A stream that does not get smaller simply stays as it is.
    let _ = stream.compress();
    Ok(stream)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    #[test]
    fn the_colour_profile_carries_no_clock() {
        let profile = super::srgb().unwrap().get_plain_content().unwrap();
        // ICC.1, 7.2.1: the date stands in bytes 24 to 35.
        assert_eq!(profile[24..36], [0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    }
}
