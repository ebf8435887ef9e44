//! What is told beside the tables: the description of the whole, and the papers that explain it.

use avid::{Category, ContextDocument, Creator, Delivery, Description, FormClass, Identifiers};
use chrono::NaiveDate;

use super::convert::{self, Converted};
use super::walk::Told;
use super::{NationalError, Order};

const ABOUT: &str = include_str!("om-systemet.txt");

/// What stays here, in words, under the names of [`Told::left_out`].
const LEFT_OUT: [(&str, &str); 14] = [
    ("written_by_child", "sider, som barnet selv har skrevet i bogen"),
    ("own_page", "barnets egne, private sider"),
    ("relation", "mennesker og dyr, som barnet eller de nærmeste har fortalt om"),
    ("school", "skoler og klubber, som barnet eller de nærmeste har fortalt om"),
    ("choices", "barnets egne valg i sin bog"),
    ("wish", "barnets ønsker med svar"),
    ("meeting", "aftaler om møder"),
    ("edition", "trykte bøger; de er lavet af siderne"),
    ("readings", "registreringer af, hvem der har læst"),
    ("hold", "beskeder om, at noget skal blive"),
    ("disposal", "poster i kassationslisten"),
    ("request", "anmodninger om egenacces"),
    ("disputed", "sider, som måske hører til i en anden bog"),
    ("fixity", "eftersyn af arkivet"),
];

/// The papers that explain the data, as TIFF. They are kept until the delivery has copied them.
pub async fn add(delivery: &mut Delivery, told: &Told, order: &Order, by: &str) -> Result<(), NationalError> {
    let about = convert::text("Om Barnets livsbog", ABOUT, order.day, &order.out).await?;
    let categories =
        vec![Category::SystemPurpose, Category::SystemContent, Category::AdministrativeFunctions];
    delivery.context(paper("Om Barnets livsbog", by, order.day, categories, &about))?;
    let title = "Om denne aflevering";
    let made = convert::text(title, &conversion(told), order.day, &order.out).await?;
    let categories = vec![Category::SystemStructure, Category::Transformation];
    Ok(delivery.context(paper(title, by, order.day, categories, &made))?)
}

fn paper(
    title: &str,
    by: &str,
    day: NaiveDate,
    categories: Vec<Category>,
    made: &Converted,
) -> ContextDocument {
    ContextDocument {
        title: title.to_owned(),
        description: None,
        date: Some(day),
        author: (!by.is_empty()).then(|| by.to_owned()),
        categories,
        file: made.path.clone(),
        format: made.format,
    }
}

/// How the data became this delivery, what stays in the system, and what could not be converted.
fn conversion(told: &Told) -> String {
    let mut lines = vec![
        format!("Afleveringen er lavet af livsbog {} af {} børns bøger.", env!("CARGO_PKG_VERSION"), told.children),
        String::new(),
        "FRA DRIFT TIL AFLEVERING".into(),
        "I systemet er hver udgave et forseglet, krypteret JSON-dokument. Det er læst og lagt i tabellerne, en række for hver udgave; lister i dokumentet er blevet til rækker i egne tabeller. Blanktegn omkring tekster er fjernet, og tegn, som XML ikke har, er vist som U+FFFD.".into(),
        "Billeder er gemt som TIFF med LZW uden tab, rettet op, i sRGB, otte bit. PDF og ren tekst er tegnet side for side med 200 punkter pr. tomme. Lyd er gemt som WAV, eller som den MP3 den var. Film er gemt som MPEG-2. Hvor systemet har en bevaringskopi af en fil, er den brugt.".into(),
        "Telefonnumre er ikke med.".into(),
        String::new(),
        "DET, DER IKKE ER MED".into(),
        "Kommunens egne oplysninger og det, de voksne har lagt i bøgerne, er med. Det, barnet selv har lavet, er barnets og bliver i systemet, sammen med systemets egne registreringer:".into(),
    ];
    lines.extend(told.left_out.iter().map(|(name, count)| {
        let words = LEFT_OUT.iter().find(|(known, _)| known == name).map_or(*name, |(_, words)| *words);
        format!("{count} {words}")
    }));
    lines.extend([String::new(), "FILER, DER IKKE KUNNE KONVERTERES".into()]);
    lines.extend(told.unconverted.iter().map(|(id, why)| format!("Dokument.FilID {id}: {why}")));
    lines.extend(told.gone.iter().map(|id| format!("Fil {id}: står på en side og findes ikke længere")));
    lines
        .extend(told.lost.iter().map(|(id, version)| format!("Side {id}, udgave {version}: kan ikke læses")));
    if told.is_whole() {
        lines.push("Ingen.".into());
    }
    lines.join("\n")
}

/// The delivery as a whole. Everything is closed until somebody decides otherwise.
pub fn description(told: &Told, order: &Order, by: &str) -> Description {
    let begun = told.first_deposit.unwrap_or(order.day);
    let system = "Barnets livsbog";
    Description {
        previous: order.previous.clone(),
        period: (told.first_day.unwrap_or(order.day).min(order.day), order.day),
        last_delivery: order.is_last,
        creators: vec![Creator { name: by.to_owned(), from: begun.min(order.day), to: order.day }],
        closed_period: false,
        system_name: system.to_owned(),
        other_names: vec!["livsbog".to_owned()],
        purpose: "At et barn, der er anbragt uden for hjemmet, kan kende sin egen historie, som barn og som voksen"
            .to_owned(),
        content: "Anbragte børn og unge: navn, fødselsdag, anbringelser, voksne med roller, og livsbogens sider \
                  med tekster, billeder, papirer, lyd og film"
            .to_owned(),
        identifiers: Identifiers::default(),
        sources: Vec::new(),
        users: Vec::new(),
        predecessors: Vec::new(),
        form: order.form.clone().map(|(version, number, words)| (version, vec![FormClass { number, words }])),
        documents_disposed: told.has_disposals,
        finding_aid_to: Vec::new(),
        has_cases: true,
        several_sources: false,
        personal_data: true,
        other_restrictions: true,
        restrictions: Some(
            "Følsomme oplysninger om børn og deres familier. Lukket i 75 år (arkivloven § 23), medmindre det \
             modtagende arkiv bestemmer andet."
                .to_owned(),
        ),
    }
}
