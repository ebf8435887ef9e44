//! What proves that a package is the whole, and what tells of what is not in it: statement, registers, the log's key.

use std::io::{self, Write};

use archive::Language;
use archive::package::Draft;
use chrono::SecondsFormat;

use super::Audience;
use super::life::Life;
use super::outcome::Completeness;
use super::told;
use crate::app::App;
use crate::domain::disposal::{Because, State};
use crate::domain::document::{Body, Kind};
use crate::problem::Problem;

const PAGE: u64 = 1000;

/// What a package says of itself, to the one it is about.
const GUIDES: [(&str, &str); 2] = [
    ("LAES-MIG.txt", include_str!("../../../docs/package/LAES-MIG.txt")),
    ("README.txt", include_str!("../../../docs/package/README.txt")),
];
/// And to anybody else.
const GUIDES_FOR_OUTSIDERS: [(&str, &str); 2] = [
    ("LAES-MIG.txt", include_str!("../../../docs/package/outsiders/LAES-MIG.txt")),
    ("README.txt", include_str!("../../../docs/package/outsiders/README.txt")),
];
const VERIFY: &str = include_str!("../../../docs/package/verify.sh");

/// Where the receipt of a leaf lies. Numbered from 1, as `verify.sh` tells it.
pub fn receipt_path(leaf: u64) -> String {
    format!("data/log/kvitteringer/{:08}.txt", leaf + 1)
}

/// Where the inventory lies that a leaf names.
pub fn inventory_path(leaf: u64) -> String {
    format!("data/log/inventory/{:08}.json", leaf + 1)
}

/// Puts in the statement of completeness, the registers, the log's key and checkpoint, and the guides.
pub async fn write(
    app: &App,
    life: &Life,
    completeness: &Completeness,
    draft: &mut Draft,
) -> Result<(), Problem> {
    draft.put("data/fuldstaendighed.txt", statement(life, completeness)?)?;
    draft.write("data/fuldstaendighed.csv", |out| every_version(life, out))?;
    draft.put("data/daekket.txt", covered(life)?)?;
    if life.audience == Audience::Owner {
        draft.put("data/udtaget.txt", taken_out(life)?)?;
        draft.put("data/anmodninger.txt", requests(life)?)?;
        draft.put("data/hvem-har-laest.csv", access_log(app, life).await?)?;
    }
    draft.put("data/log/noegle.txt", format!("{}\n", app.archive.verifier_key()))?;
    draft.put("data/log/checkpoint.txt", &life.moment.checkpoint.note)?;
    let guides = match life.audience {
        Audience::Owner => GUIDES,
        Audience::Outsider => GUIDES_FOR_OUTSIDERS,
    };
    for (name, text) in guides.into_iter().chain([("verify.sh", VERIFY)]) {
        draft.put(name, text)?;
    }
    Ok(())
}

fn statement(life: &Life, completeness: &Completeness) -> Result<String, Problem> {
    let Completeness { versions, present, covered, held_back, disposed, holes, unattributed } = completeness;
    let verdict = if completeness.is_whole() {
        "ALT ER GJORT REDE FOR.\nEVERYTHING IS ACCOUNTED FOR."
    } else {
        "DER MANGLER NOGET.\nSOMETHING IS MISSING."
    };
    let mut lines = vec![
        verdict.to_owned(),
        String::new(),
        told::both("I loggen står", "The log has") + &format!(": {versions}"),
        told::both("I pakken", "In the package") + &format!(": {present}"),
        told::both("Heraf med steder dækket", "Of these with places covered") + &format!(": {covered}"),
        told::both("Holdt tilbage", "Held back") + &format!(": {held_back}"),
        told::both("Taget ud for altid", "Taken out for good") + &format!(": {disposed}"),
        told::both("MANGLER ELLER ER ØDELAGT", "MISSING OR DAMAGED") + &format!(": {holes}"),
    ];
    if *unattributed > 0 {
        lines.push(format!(
            "\n{unattributed} linjer i loggen hører ikke længere til nogen, fordi nøglen er væk, eller fordi de ikke kan \
             læses. Ingen kan sige, om de hørte til her.\n{unattributed} lines of the log belong to nobody any more, because \
             the key is lost or they cannot be read. Nobody can say whether they belonged here."
        ));
    }
    lines.push(String::new());
    lines.push(told::both("Det, der ikke er i pakken", "What is not in the package") + ":");
    for piece in life.not_here() {
        let given = piece.deposited_at.as_deref().unwrap_or("-");
        let (number, what) = (piece.leaf + 1, told::what(life, piece)?);
        lines.push(format!("- nr. {number}: {what}, {given}: {}", told::outcome(life, &piece.outcome)));
    }
    if completeness.present == completeness.versions {
        lines.push(told::both("- intet", "nothing"));
    }
    Ok(lines.join("\n") + "\n")
}

/// Every version that the log has, a line each.
fn every_version(life: &Life, out: &mut dyn Write) -> io::Result<()> {
    let header = ["number", "object", "version", "kind", "deposited_at", "outcome", "words", "receipt"];
    out.write_all(row(&header.map(str::to_owned)).as_bytes())?;
    life.pieces.iter().try_for_each(|piece| {
        let line = row(&[
            (piece.leaf + 1).to_string(),
            piece.object.to_string(),
            piece.version.to_string(),
            piece.kind.as_str().to_owned(),
            piece.deposited_at.clone().unwrap_or_default(),
            piece.outcome.as_str().to_owned(),
            told::outcome(life, &piece.outcome),
            receipt_path(piece.leaf).trim_start_matches("data/").to_owned(),
        ]);
        out.write_all(line.as_bytes())
    })
}

/// The register of disposals, and what somebody asked to stay.
fn taken_out(life: &Life) -> Result<String, Problem> {
    let mut lines = vec!["Hvad der er taget ud, og hvad nogen har bedt om skal blive".to_owned()];
    lines.push("What was taken out, and what somebody asked to stay\n".to_owned());
    let before = lines.len();
    for stored in &life.disposals {
        let disposal = &stored.disposal;
        let asked =
            format!("{}, {}", life.name(disposal.proposed.by), told::day(told::day_of(disposal.proposed.at)));
        lines.push(format!("{}: {asked}", told::both("Foreslået af", "Proposed by")));
        for agreed in &disposal.approvals {
            let at = told::day(told::day_of(agreed.at));
            lines.push(format!("  {}: {}, {at}", told::both("Enig", "Agreed"), life.name(agreed.by)));
        }
        let state = match disposal.state {
            State::Proposed => told::both("Det er ikke afgjort", "It is not decided"),
            State::Refused(_) => {
                told::both("Nogen sagde nej; det er her stadig", "Somebody said no; it is still here")
            }
            State::Decided => told::both("Taget ud for altid", "Taken out for good"),
        };
        lines.push(format!("  {state}"));
        if matches!(disposal.because, Because::WrongChild { .. }) {
            lines.push(format!(
                "  {}",
                told::both("Det hørte til et andet barn", "It belonged to another child")
            ));
        }
        for target in &disposal.targets {
            let by = target.deposited_by.map(|by| life.name(by)).unwrap_or_default();
            let given = told::day(told::day_of(target.deposited_at));
            let reasons = target.reasons(&disposal.because, Language::Danish).join(" ");
            let english = target.reasons(&disposal.because, Language::English).join(" ");
            let why = told::both(&reasons, &english);
            lines.push(format!("  - {}, {by}, {given}. {why}", told::kind(target.kind)));
        }
        lines.push(String::new());
    }
    lines.extend(holds(life)?);
    if lines.len() == before {
        lines.push(told::both("Intet", "Nothing"));
    }
    Ok(lines.join("\n") + "\n")
}

/// What is covered, and what was and is no more: where, why, on which ground, by whom, and when somebody looks at it again.
fn covered(life: &Life) -> Result<String, Problem> {
    let mut lines = vec!["Hvad der er dækket for en andens skyld".to_owned()];
    lines.push("What is covered for somebody else's sake\n".to_owned());
    let before = lines.len();
    for envelope in life.newest(&[Kind::Redaction]) {
        let Body::Redaction(record) = envelope?.body else { continue };
        let told = record.covers.iter().filter(|cover| cover.is_told());
        lines.extend(told.flat_map(|cover| told::cover(life, record.of, cover)));
    }
    if lines.len() == before {
        lines.push(told::both("Intet", "Nothing"));
    }
    Ok(lines.join("\n") + "\n")
}

fn holds(life: &Life) -> Result<Vec<String>, Problem> {
    let mut lines = Vec::new();
    for envelope in life.newest(&[Kind::Hold]) {
        let Body::Hold(hold) = envelope?.body else { continue };
        let placed = told::day(told::day_of(hold.placed.at));
        let lifted = hold.lifted.map_or_else(
            || told::both("gælder stadig", "still holds"),
            |lifted| told::both("ophævet", "lifted") + &format!(" {}", told::day(told::day_of(lifted.at))),
        );
        let (stay, by) = (told::both("Skal blive", "To stay"), life.name(hold.placed.by));
        lines.push(format!("{stay}: {by}, {placed}, {lifted}. {}", hold.words.unwrap_or_default()));
    }
    Ok(lines)
}

/// What was asked of the archive, and what it answered. A no that waits for a second person is no answer yet.
fn requests(life: &Life) -> Result<String, Problem> {
    let mut lines = vec!["Hvad du har bedt arkivet om, og hvad det svarede".to_owned()];
    lines.push("What you asked of the archive, and what it answered\n".to_owned());
    let before = lines.len();
    for envelope in life.newest(&[Kind::Request]) {
        let Body::Request(request) = envelope?.body else { continue };
        let asked = told::day(told::day_of(request.asked.at));
        let everything = told::both("alt", "everything");
        let what = request.scope.words().unwrap_or(&everything);
        lines.push(format!("{} {asked}: {what}", told::both("Spurgt", "Asked")));
        lines.extend(request.messages.iter().map(|message| {
            let at = told::day(told::day_of(message.at));
            format!("  {}, {at}: {}", life.name(message.by), message.words)
        }));
        let decision = request.stage.decided().map(|decided| &decided.decision);
        lines.extend(decision.map(|decision| format!("  {}", told::decision(&decision.outcome))));
        lines.push(String::new());
    }
    if lines.len() == before {
        lines.push(told::both("Intet", "Nothing"));
    }
    Ok(lines.join("\n") + "\n")
}

/// Who opened what, the oldest first; also what is not sealed yet.
async fn access_log(app: &App, life: &Life) -> Result<String, Problem> {
    let mut lines = Vec::new();
    let mut before = None;
    loop {
        let slice = app.db.readings(life.id, before, PAGE).await?;
        let mut people: Vec<_> =
            slice.items.iter().flat_map(|r| [Some(r.reader), r.companion]).flatten().collect();
        people.sort_unstable();
        people.dedup();
        let names = app.db.names(&people).await?;
        let name = |person| names.get(&person).cloned().unwrap_or_default();
        lines.extend(slice.items.into_iter().filter(|reading| reading.at <= life.moment.at).map(|reading| {
            row(&[
                reading.at.to_rfc3339_opts(SecondsFormat::Secs, true),
                name(reading.reader),
                told::role(reading.role),
                told::read_page(life, reading.page),
                reading.companion.map(name).unwrap_or_default(),
            ])
        }));
        before = slice.next;
        if before.is_none() {
            break;
        }
    }
    lines.push(row(&["time", "reader", "role", "what", "together_with"].map(str::to_owned)));
    lines.reverse();
    Ok(lines.concat())
}

/// A line of a table (RFC 4180), behind a mark where a spreadsheet would take a field for a formula.
fn row(fields: &[String]) -> String {
    let field = |field: &String| {
        let field = field.replace(['\r', '\n'], " ");
        let formula = field.starts_with(['=', '+', '-', '@', '\t']);
        let mark = if formula { "'" } else { "" };
        format!("\"{mark}{}\"", field.replace('"', "\"\""))
    };
    fields.iter().map(field).collect::<Vec<_>>().join(",") + "\r\n"
}
