//! The tables of a delivery, described in Danish for those who find only them.

use avid::{Column, ForeignKey, Function, Table, Type};

const ID: Type = Type::Text(36);
const NAME: Type = Type::Text(1_000);
const WORD: Type = Type::Text(40);
const LONG: Type = Type::Text(100_000);

/// All of them, in the order of their numbers.
pub fn all() -> Vec<Table> {
    vec![
        municipalities(),
        people(),
        children(),
        stays(),
        carers(),
        roles(),
        pages(),
        versions(),
        texts(),
        named(),
        old_papers(),
        documents(),
        shown(),
    ]
}

fn table(
    name: &str,
    description: &str,
    key: &[&str],
    refers: &[(&str, &[&str])],
    columns: Vec<Column>,
) -> Table {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let foreign = |(table, columns): &(&str, &[&str])| ForeignKey {
        columns: names(columns),
        table: (*table).to_owned(),
    };
    Table {
        name: name.to_owned(),
        description: description.to_owned(),
        columns,
        primary_key: names(key),
        foreign_keys: refers.iter().map(foreign).collect(),
    }
}

fn id(name: &str, description: &str) -> Column {
    Column::new(name, ID, "uuid", description)
}

fn number(name: &str, description: &str) -> Column {
    Column::new(name, Type::Integer, "number", description)
}

fn day(name: &str, description: &str) -> Column {
    Column::new(name, Type::Date, "date", description)
}

fn time(name: &str, description: &str) -> Column {
    Column::new(name, Type::Timestamp, "timestamp with time zone", description)
}

fn text(name: &str, kind: Type, description: &str) -> Column {
    Column::new(name, kind, "text", description)
}

fn municipalities() -> Table {
    let columns = vec![
        id("KommuneID", "Kommunens nummer i systemet").function(Function::Authority),
        text("Navn", NAME, "Kommunens navn").nullable(),
    ];
    table("Kommune", "Kommuner, som børn og voksne i afleveringen hører til", &["KommuneID"], &[], columns)
}

fn people() -> Table {
    let columns = vec![
        id("PersonID", "Personens nummer i systemet"),
        text("Navn", NAME, "Personens navn; tomt, hvis det ikke længere kendes").nullable(),
        text("Titel", NAME, "Hvad personen er for barnet, i almindelige ord").nullable(),
    ];
    table(
        "Person",
        "Voksne og børn, der har skrevet, haft en rolle eller boet sammen med et barn",
        &["PersonID"],
        &[],
        columns,
    )
}

fn children() -> Table {
    let columns = vec![
        id("BarnID", "Barnets nummer i systemet; det samme som sagens").function(Function::CaseId),
        id("KommuneID", "Den kommune, der har ansvaret"),
        text("Navn", NAME, "Barnets hele navn").function(Function::CaseTitle),
        text("Kaldenavn", NAME, "Hvad barnet vil kaldes, hvis det er noget andet").nullable(),
        day("Fødselsdag", "Dagen, barnet blev født"),
        text("Bogtitel", NAME, "Hvad barnets livsbog hedder").nullable(),
        day("Sag_lukket", "Dagen, barnets sag blev lukket; tomt, mens den er åben").nullable(),
        day("Dødsdag", "Den dag, personen døde; tomt, når det ikke er skrevet ind").nullable(),
    ];
    table(
        "Barn",
        "Børn, der er eller har været anbragt, og deres livsbøger",
        &["BarnID"],
        &[("Kommune", &["KommuneID"])],
        columns,
    )
}

fn stays() -> Table {
    let columns = vec![
        id("AnbringelseID", "Opholdets nummer i systemet"),
        id("BarnID", "Barnet"),
        text(
            "Hjemtype",
            WORD,
            "family = egen familie, foster_family = plejefamilie, weekend_family = aflastning, institution, own_room = eget værelse, other = andet",
        ),
        text("Hjem", NAME, "Hvad hjemmet kaldes"),
        text("Sted", NAME, "Byen eller egnen").nullable(),
        day("Fra", "Første dag"),
        day("Til", "Sidste dag; tomt, hvis barnet bor der endnu").nullable(),
    ];
    table(
        "Anbringelse",
        "Hvor barnet har boet, fra en dag til en dag",
        &["AnbringelseID"],
        &[("Barn", &["BarnID"])],
        columns,
    )
}

fn carers() -> Table {
    let columns = vec![id("AnbringelseID", "Opholdet"), id("PersonID", "Den voksne i hjemmet")];
    let refers: &[(&str, &[&str])] = &[("Anbringelse", &["AnbringelseID"]), ("Person", &["PersonID"])];
    table(
        "Anbringelse_voksen",
        "De voksne i et hjem, hvor barnet har boet",
        &["AnbringelseID", "PersonID"],
        refers,
        columns,
    )
}

fn roles() -> Table {
    let columns = vec![
        id("RolleID", "Rollens nummer i systemet"),
        id("PersonID", "Hvem der har rollen"),
        text(
            "Rolle",
            WORD,
            "own = den, bogen handler om, carer = hjemmets voksne, caseworker = rådgiver, support_person = støtteperson, invited = inviteret, system = fagsystem, leader = leder, archivist = arkivar",
        ),
        id("BarnID", "Barnet, rollen gælder; tomt, hvis den gælder kommunen").nullable(),
        id("KommuneID", "Kommunen, rollen gælder; tomt, hvis den gælder et barn").nullable(),
        day("Fra", "Første dag"),
        day("Til", "Sidste dag; tomt, hvis den gælder endnu").nullable(),
    ];
    let refers: &[(&str, &[&str])] =
        &[("Person", &["PersonID"]), ("Barn", &["BarnID"]), ("Kommune", &["KommuneID"])];
    table(
        "Rolle",
        "Hvem der har haft hvilken rolle hos et barn eller i kommunen",
        &["RolleID"],
        refers,
        columns,
    )
}

fn pages() -> Table {
    let columns = vec![
        id("SideID", "Sidens nummer i systemet"),
        id("BarnID", "Barnet, hvis bog siden står i"),
        id("Ved_siden_af", "Den side, den er fortalt ved siden af: det samme, som en anden husker det")
            .nullable(),
    ];
    let refers: &[(&str, &[&str])] = &[("Barn", &["BarnID"]), ("Side", &["Ved_siden_af"])];
    table("Side", "Sider i livsbøgerne, skrevet af de voksne omkring barnet", &["SideID"], refers, columns)
}

fn versions() -> Table {
    let columns = vec![
        id("SideID", "Siden"),
        number("Udgave", "Udgavens nummer, fra 1; den højeste gælder, de andre siger, hvad der stod før"),
        text(
            "Art",
            WORD,
            "photo = billede, story = fortælling, document = papir, sound = lyd, video = film, event = begivenhed, letter = brev, thing = ting, decision = beslutning, talk = samtale, drawing = tegning, statement = udtalelse",
        ),
        text("Titel", NAME, "Sidens titel"),
        text("Kapitel", WORD, "Kapitlet i bogen, hvis det er valgt").nullable(),
        day("Skete_den", "Dagen, det handler om, eller en dag i den tid, der kendes"),
        text(
            "Præcision",
            WORD,
            "day = dagen, month = måneden, season = årstiden, year = året, about = omkring det år, unknown = vides ikke",
        ),
        text("Sted", NAME, "Hvor det skete").nullable(),
        text("Formål", LONG, "Hvorfor det står i bogen").nullable(),
        text("Grundlag", WORD, "seen = set, heard = hørt, read = læst").nullable(),
        text("Karakter", WORD, "observation = iagttagelse, assessment = vurdering").nullable(),
        id("Forfatter", "Hvem der skrev den første udgave"),
        text("Forfattertitel", NAME, "Hvad forfatteren var for barnet da").nullable(),
        id("Indlagt_af", "Hvem der lagde denne udgave ind; tomt, hvis systemet gjorde det").nullable(),
        time("Skrevet", "Hvornår denne udgave blev skrevet; dansk tid"),
        time("Indlagt", "Hvornår den blev lagt ind; dansk tid"),
        text(
            "Tilstand",
            WORD,
            "open = barnet læser den, with_adult = sammen med en voksen, held_back = venter",
        ),
        text("Vent_grund", LONG, "Hvorfor siden venter").nullable(),
        id("Vent_besluttet_af", "Hvem der besluttede, at den venter").nullable(),
        id("Vent_medlæser", "Hvem der ellers har læst den").nullable(),
        day("Vent_senest", "Dagen, siden åbner af sig selv").nullable(),
    ];
    let refers: &[(&str, &[&str])] = &[
        ("Side", &["SideID"]),
        ("Person", &["Forfatter"]),
        ("Person", &["Indlagt_af"]),
        ("Person", &["Vent_besluttet_af"]),
        ("Person", &["Vent_medlæser"]),
    ];
    table("Udgave", "Udgaver af siderne, alle der har været", &["SideID", "Udgave"], refers, columns)
}

/// What hangs on a version of a page.
const VERSION: (&str, &[&str]) = ("Udgave", &["SideID", "Udgave"]);

fn version_columns() -> Vec<Column> {
    vec![
        id("SideID", "Siden"),
        number("Udgave", "Sidens udgave"),
        number("Nr", "Rækkefølgen i udgaven, fra 1"),
    ]
}

fn texts() -> Table {
    let mut columns = version_columns();
    columns.extend([
        text("Alder", WORD, "Den alder, teksten er skrevet til: 3-6, 7-9, 10-12, 13-15, 16-17 eller 18+"),
        text("Sprog", WORD, "Sproget, som BCP 47 skriver det: da = dansk"),
        text("Tekst", LONG, "Teksten; afsnit skilles af en tom linje").nullable(),
    ]);
    table(
        "Tekst",
        "Sidernes tekster, den samme ting fortalt til en eller flere aldre",
        &["SideID", "Udgave", "Nr"],
        &[VERSION],
        columns,
    )
}

fn named() -> Table {
    let mut columns = version_columns();
    columns.push(text("Navn", NAME, "Navnet, som det er skrevet"));
    table("Nævnt", "Navne på dem, der er med på siden", &["SideID", "Udgave", "Nr"], &[VERSION], columns)
}

fn old_papers() -> Table {
    let columns = vec![
        id("SideID", "Siden"),
        number("Udgave", "Sidens udgave"),
        text("Forfatter", NAME, "Hvem der skrev det, som papirerne siger").nullable(),
        text("Rolle", NAME, "Hvad den person var for barnet da").nullable(),
        text("Kilde", NAME, "Hvor papirerne lå: en kasse, en sag").nullable(),
    ];
    table(
        "Gammelt_papir",
        "Sider, der er taget ind fra ældre papirer",
        &["SideID", "Udgave"],
        &[VERSION],
        columns,
    )
}

fn documents() -> Table {
    let columns = vec![
        id("FilID", "Filens nummer i systemet"),
        id("BarnID", "Barnet, hvis bog den hører til"),
        number("DokumentID", "Dokumentets nummer i docIndex; tomt, hvis filen ikke kunne konverteres")
            .nullable()
            .function(Function::DocumentId),
        number(
            "Lagringsform",
            "1 = digitalt dokument i afleveringen, 3 = ikke med, se kontekstdokumentationen",
        )
        .function(Function::StorageForm),
        text("Filnavn", NAME, "Hvad giveren kaldte filen").function(Function::DocumentTitle),
        text("Medietype", NAME, "Filens format, da den blev lagt ind"),
        number("Bytes", "Den oprindelige fils længde"),
        text("SHA256", Type::Text(64), "Den oprindelige fils fingeraftryk, SHA-256"),
        time("Indlagt", "Hvornår den blev lagt ind; dansk tid").function(Function::DocumentDate),
        id("Indlagt_af", "Hvem der lagde den ind; tomt, hvis det ikke kendes")
            .nullable()
            .function(Function::SenderOrReceiver),
    ];
    let refers: &[(&str, &[&str])] = &[("Barn", &["BarnID"]), ("Person", &["Indlagt_af"])];
    table("Dokument", "Billeder, papirer, lyd og film, der står på siderne", &["FilID"], refers, columns)
}

fn shown() -> Table {
    let mut columns = version_columns();
    columns.extend([
        id("FilID", "Filen"),
        text("Beskrivelse", LONG, "Ord til den, der ikke kan se eller høre den").nullable(),
        text("Sagte_ord", LONG, "Hvad der bliver sagt i lyd eller film, som ren tekst eller WebVTT")
            .nullable(),
        Column::new("Læser_siden", Type::Boolean, "boolean", "Om lyden er sidens egen tekst, læst højt"),
    ]);
    let refers = &[VERSION, ("Dokument", &["FilID"] as &[&str])];
    table(
        "Udgave_dokument",
        "Hvilke filer der står på hvilke sider",
        &["SideID", "Udgave", "Nr"],
        refers,
        columns,
    )
}
